"""Sources that a reader may see, and what belongs to one."""

from yui.governance.statistics.models import Intake, Source
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet


def sources_for(actor: Actor) -> ScopedQuerySet:
    """Return the sources that the reader may see, each with the organisation that keeps it."""
    return Source.objects.visible_to(actor).select_related("organisation")


def intakes_of(actor: Actor, source: Source) -> ScopedQuerySet:
    """Return the files taken in for a source, newest first."""
    return Intake.objects.visible_to(actor).filter(source=source)
