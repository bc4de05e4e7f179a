"""Systems for lists, records and summaries."""

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, ScopedQuerySet
from yui.registry.models import InformationSystem, SystemStatus

RELATED = ("organisation", "business_area", "department", "vendor")


def systems_for(actor: Actor, organisation: Organisation | None = None) -> ScopedQuerySet:
    """Return the systems that ``actor`` may see, of one organisation or of all, with what a list shows."""
    systems = InformationSystem.objects.visible_to(actor).select_related(*RELATED)
    systems = systems.order_by("organisation__sort_order", "organisation__code", "code")
    return systems.filter(organisation=organisation) if organisation is not None else systems


def systems_in_use(systems: ScopedQuerySet) -> ScopedQuerySet:
    """Keep the systems that are not retired."""
    return systems.exclude(status=SystemStatus.RETIRED)
