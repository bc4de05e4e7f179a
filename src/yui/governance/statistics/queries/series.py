"""Series that a reader may see."""

from django.db.models import OuterRef, Subquery

from yui.governance.statistics.errors import SeriesUnknown
from yui.governance.statistics.models import Observation, Series
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet


def series_for(actor: Actor) -> ScopedQuerySet:
    """Return the series that the reader may see, each with its source, and ``latest_on``, its last period."""
    cells = Observation.objects.visible_to(actor).filter(series=OuterRef("pk"), superseded_by__isnull=True)
    latest = cells.order_by("-starts_on").values("starts_on")[:1]
    found = Series.objects.visible_to(actor).select_related("source__organisation")
    return found.annotate(latest_on=Subquery(latest))


def series_named(actor: Actor, code: str) -> Series:
    """Return one series.

    Raises:
        SeriesUnknown: when no series that the reader may see has the code.
    """
    # PostgreSQL refuses to be asked for a text with NUL, which no code holds.
    found: Series | None = None if "\x00" in code else series_for(actor).filter(code=code).first()
    if found is None:
        raise SeriesUnknown(code)
    return found
