"""How one person wants to be asked, as the person's own page shows it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from yui.kernel.calendar_jp import now
from yui.people.commons.models import HelperProfile, HelpRequest
from yui.people.commons.queries.helping.askable_people import USUAL_PER_WEEK

_OWN = "the reader's own"


@dataclass(frozen=True)
class OwnHelping:
    """What the page begins with.

    Attributes:
        initial: the fields of the form.
        asked_this_week: how often the person was asked in the last seven days.
    """

    initial: dict[str, Any] = field(default_factory=dict)
    asked_this_week: int = 0


def own_helping(person: int) -> OwnHelping:
    """Return what a person said, or what holds for one who said nothing."""
    profile = HelperProfile.objects.filter(user_id=person).prefetch_related("tags").first()
    asked = HelpRequest.objects.unscoped(_OWN).filter(user_id=person, asked_at__gt=now() - timedelta(days=7))
    if profile is None:
        initial: dict[str, Any] = {"may_be_asked": True, "most_per_week": USUAL_PER_WEEK}
    else:
        initial = {
            "may_be_asked": profile.may_be_asked,
            "most_per_week": profile.most_per_week,
            "away_until": profile.away_until,
            "tags": "、".join(tag.name for tag in profile.tags.all()),
            "takes_turns": profile.takes_turns,
        }
    return OwnHelping(initial, asked.count())
