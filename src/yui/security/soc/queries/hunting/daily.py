"""What daily hunts find in a day, each within its owner's reach."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yui.kernel.calendar_jp import TOKYO
from yui.kernel.lake.errors import LakeError
from yui.organisations.public import actor_of_user
from yui.security.soc.engine.hunting.errors import HuntNotUnderstood
from yui.security.soc.engine.hunting.parsing import parse_hunt
from yui.security.soc.event_store.clocks import microseconds
from yui.security.soc.event_store.reading import Span
from yui.security.soc.models import SavedHunt, SavedHuntCount
from yui.security.soc.queries.hunting.search import search
from yui.security.soc.queries.hunting.within import reach_of

WHY = "the installation counts hunts for their owners"


@dataclass(frozen=True)
class DailyCount:
    """What a hunt found in a day.

    Attributes:
        count: how many events; None where they could not be counted.
        problem: why not.
    """

    hunt: SavedHunt
    count: int | None
    problem: str = ""


def waiting_for(day: date) -> list[SavedHunt]:
    """Return the daily hunts whose day was not counted yet, those of one organisation together."""
    counted = SavedHuntCount.objects.unscoped(WHY).filter(day=day).values("hunt_id")
    daily = SavedHunt.objects.unscoped(WHY).filter(is_daily=True).exclude(pk__in=counted)
    return list(daily.select_related("owner", "organisation").order_by("organisation_id", "pk"))


def whole_day(day: date) -> Span:
    """Return a day in Tokyo as a span of the lake."""
    first = datetime(day.year, day.month, day.day, tzinfo=TOKYO)
    return Span(microseconds(first), microseconds(first + timedelta(days=1)))


def counted_for_owner(hunt: SavedHunt, day: date) -> DailyCount | None:
    """Return how many events of the day the hunt finds within what its owner may read at this moment.

    None where the owner does not see the hunt any more: the account was closed, or the role ended.
    """
    owner = actor_of_user(hunt.owner)
    if not SavedHunt.objects.visible_to(owner).filter(pk=hunt.pk).exists():
        return None
    try:
        found = search(reach_of(owner), parse_hunt(hunt.text), whole_day(day), most=1)
    except (HuntNotUnderstood, LakeError) as error:
        return DailyCount(hunt, None, str(error))
    return DailyCount(hunt, found.total)
