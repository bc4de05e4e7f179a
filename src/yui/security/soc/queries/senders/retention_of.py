"""For how many days a ward's events are kept."""

from yui.kernel.scope.models import Organisation
from yui.security.soc.event_store.retention import Retention
from yui.security.soc.models import EVERY_CLASS, USUAL_DAYS, EventRetention

WHY = "the installation removes events whose time is over"


def retention_of(ward: Organisation) -> Retention:
    """Return what the ward decided, else ``USUAL_DAYS`` for every class."""
    rows = EventRetention.objects.unscoped(WHY).filter(organisation=ward).values_list("class_uid", "days")
    by_class = dict(rows)
    return Retention(by_class.pop(EVERY_CLASS, USUAL_DAYS), by_class)
