"""Proposals as lists and pages read them."""

from django.db.models import Count, QuerySet

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.people.practices.models import Proposal, ProposalCategory


def proposals_for(actor: Actor) -> QuerySet[Proposal]:
    """Return the proposals that the actor may see, with what a list shows of them."""
    related = ("organisation", "category", "department", "owner", "responsible_department")
    found: QuerySet[Proposal] = Proposal.objects.visible_to(actor).select_related(*related)
    return found.annotate(vote_count=Count("votes"))


def own_organisations(actor: Actor) -> list[Organisation]:
    """Return the organisations for which the actor can propose, in official order."""
    active = Organisation.objects.active()
    return list(active if actor.is_system else active.filter(pk__in=actor.organisation_ids))


def offered_categories(actor: Actor, organisation: Organisation) -> QuerySet[ProposalCategory]:
    """Return the categories that a new proposal of the organisation can have."""
    found: QuerySet[ProposalCategory] = ProposalCategory.objects.visible_to(actor).filter(
        organisation=organisation, is_active=True
    )
    return found
