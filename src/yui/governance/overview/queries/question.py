"""What every view is asked: who reads, for which month, and which ward is set beside the others."""

from dataclasses import dataclass
from datetime import date

from yui.governance.indicators.public import UnknownWard, last_closed_month, latest_month, read_month
from yui.kernel.calendar_jp import Month, today
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation

MONTHS = 36


@dataclass(frozen=True)
class Question:
    """A reader, a month, and the ward (if any) that is set beside the others."""

    actor: Actor
    month: Month
    newest: Month
    ward: Organisation | None
    wards: tuple[Organisation, ...]

    @property
    def day(self) -> date:
        """The day as of which things are told: the month's last, or today while it runs."""
        return min(self.month.last_day, today())

    @property
    def ward_code(self) -> str | None:
        """The code of the ward set beside the others."""
        return self.ward.code if self.ward else None

    @property
    def ward_name(self) -> str:
        """The name of the ward set beside the others, empty without one."""
        return self.ward.name if self.ward else ""

    @property
    def scopes(self) -> list[MeasureScope]:
        """All wards together, then each."""
        return [MeasureScope(None), *(MeasureScope(ward) for ward in self.wards)]

    @property
    def months(self) -> tuple[Month, ...]:
        """The 36 months that end with the month asked for."""
        return tuple(Month.between(self.month.shift(1 - MONTHS), self.month))

    @property
    def choices(self) -> list[Month]:
        """The months to choose from, newest first; the one asked for is always among them."""
        known = set(Month.between(self.newest.shift(1 - MONTHS), self.newest)) | {self.month}
        return sorted(known, reverse=True)

    @property
    def query(self) -> str:
        """The same question as the query part of an address."""
        return f"month={self.month}&ward={self.ward_code or ''}"


def ask(actor: Actor, month: str = "", ward: str | None = None) -> Question:
    """Return the question that a month's text and a ward's code make.

    Without a month it is the newest for which figures are stored; without a ward's code (``None``) the
    reader's own ward is set beside the others, with an empty one none is.

    Raises:
        UnknownMonth: when the text is no month.
        UnknownWard: when no active ward has the code.
    """
    newest = latest_month(actor) or last_closed_month()
    wards = tuple(Organisation.objects.wards())
    by_code = {each.code: each for each in wards}
    if ward is None:
        own = next((m.organisation_code for m in actor.memberships if m.organisation_code in by_code), "")
        chosen = by_code.get(own)
    elif ward and ward not in by_code:
        raise UnknownWard(ward)
    else:
        chosen = by_code.get(ward)
    return Question(actor, read_month(month) if month else newest, newest, chosen, wards)
