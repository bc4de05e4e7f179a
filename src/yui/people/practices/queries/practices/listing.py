"""The practices that a reader may see, with what a list shows."""

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet
from yui.people.practices.models import IN_USE_STATES, Adoption, Practice, PracticeThanks

WHY = "counts beside practices that the reader sees: whoever sees one sees where it spread"


def practices_for(actor: Actor) -> ScopedQuerySet:
    """Return the practices with the number of wards that took them up, of those that use them, and thanks."""
    practices: ScopedQuerySet = Practice.objects.visible_to(actor).select_related("organisation", "current")
    adoptions = Adoption.objects.unscoped(WHY)
    return practices.annotate(
        adopting=_count(adoptions, Count("ward", distinct=True)),
        using=_count(adoptions, Count("ward", distinct=True, filter=Q(state__in=IN_USE_STATES))),
        thanked=_count(PracticeThanks.objects.unscoped(WHY), Count("pk")),
    )


def _count(records: ScopedQuerySet, count: Count) -> Coalesce:
    """Return a count of records of the practice in question."""
    of_this = records.filter(practice=OuterRef("pk")).order_by().values("practice").annotate(n=count)
    return Coalesce(Subquery(of_this.values("n"), output_field=IntegerField()), 0)
