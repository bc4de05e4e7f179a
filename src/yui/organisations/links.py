"""Where this room's URNs lead, within what the reader may see."""

from collections.abc import Mapping

from django.urls import reverse

from yui.kernel.links import Link, urn
from yui.kernel.links.keyed import keys_among
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.models import Membership
from yui.organisations.policies import can_administer


def resolve_people(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return links to the records of people in organisations that the reader works in."""
    keys = keys_among(identifiers)
    rows = Membership.objects.visible_to(actor).filter(user_id__in=keys)
    links = {}
    for row in rows.select_related("user", "organisation").order_by("-pk"):
        address = reverse("organisations:member", args=[row.organisation.code, row.user_id])
        links[str(row.user_id)] = Link(urn("organisations.user", row.user_id), row.user.name, address)
    return links


def resolve_organisations(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return links to the pages of organisations that the reader works in or administers."""
    return {
        organisation.code: Link(
            urn("organisations.organisation", organisation.code),
            organisation.name,
            reverse("organisations:organisation", args=[organisation.code]),
        )
        for organisation in Organisation.objects.active().filter(code__in=identifiers)
        if organisation.pk in actor.organisation_ids or can_administer(actor, organisation)
    }
