"""What a person states of a saved hunt."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from yui.kernel.scope.models import Visibility
from yui.security.soc.engine.hunting.errors import HuntNotUnderstood
from yui.security.soc.engine.hunting.parsing import parse_hunt
from yui.security.soc.models import LONGEST_HUNT, HuntSharing, HuntSpan, SavedHunt
from yui.security.soc.operations.alerts.locking import bounded
from yui.security.soc.operations.hunting.errors import HuntUnreadable, TooManyDailyHunts

MOST_DAILY = 10
"""Daily hunts of one person: each may take as long as a search may."""


@dataclass(frozen=True)
class HuntFacts:
    """Name, question and purpose of a saved hunt, and who finds it."""

    name: str
    text: str
    span: str = HuntSpan.DAY
    why: str = ""
    sharing: str = HuntSharing.PRIVATE
    is_daily: bool = False

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of all facts."""
        return tuple(field.name for field in fields(cls))

    def values(self) -> Mapping[str, Any]:
        """Return the facts as the record keeps them; texts without what no database holds.

        Raises:
            TooLong: when a text is longer than is kept.
            HuntUnreadable: when the question makes no sense.
        """
        text = bounded(self.text, LONGEST_HUNT)
        try:
            parse_hunt(text)
        except HuntNotUnderstood as error:
            raise HuntUnreadable(str(error)) from error
        is_for_all = self.sharing == HuntSharing.WARDS
        return {
            "name": bounded(self.name, 80),
            "text": text,
            "span": self.span,
            "why": bounded(self.why, 1_000),
            "is_private": self.sharing == HuntSharing.PRIVATE,
            "visibility": Visibility.WARDS if is_for_all else Visibility.OWN,
            "is_daily": self.is_daily,
        }


def require_room_for_daily(hunt: SavedHunt) -> None:
    """Refuse one more daily hunt of the owner than a person may have.

    Raises:
        TooManyDailyHunts: when the owner has ``MOST_DAILY`` others.
    """
    others = SavedHunt.objects.unscoped("the limit holds over all of a person's organisations")
    if others.filter(owner_id=hunt.owner_id, is_daily=True).exclude(pk=hunt.pk).count() >= MOST_DAILY:
        raise TooManyDailyHunts(MOST_DAILY)
