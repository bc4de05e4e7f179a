"""Where the URNs of the mentors' turns lead."""

from collections.abc import Mapping

from django.urls import reverse

from yui.kernel.links import Link, urn
from yui.kernel.policy import Actor
from yui.people.commons.models import MentorTurn

KIND = "commons.turn"


def resolve_turns(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those weeks that ``actor`` may see."""
    keys = [int(each) for each in identifiers if each.isascii() and each.isdecimal() and len(each) < 18]
    found = MentorTurn.objects.visible_to(actor).filter(pk__in=keys).select_related("organisation")
    return {str(turn.pk): Link(urn(KIND, turn.pk), str(turn), reverse("commons:turns")) for turn in found}
