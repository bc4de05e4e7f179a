"""Where the URNs of the mentors' turns lead."""

from collections.abc import Mapping

from django.urls import reverse

from yui.kernel.links import Link, urn
from yui.kernel.links.keyed import keys_among
from yui.kernel.policy import Actor
from yui.people.commons.models import MentorTurn

KIND = "commons.turn"


def resolve_turns(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those weeks that ``actor`` may see."""
    keys = keys_among(identifiers)
    found = MentorTurn.objects.visible_to(actor).filter(pk__in=keys).select_related("organisation")
    return {str(turn.pk): Link(urn(KIND, turn.pk), str(turn), reverse("commons:turns")) for turn in found}
