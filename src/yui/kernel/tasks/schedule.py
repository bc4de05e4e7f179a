"""When periodic work is due: pure arithmetic on Tokyo's clock."""

import calendar
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from yui.kernel.calendar_jp import TOKYO


class InvalidSchedule(ValueError):
    """The schedule names no time, two times, or a time that does not exist."""


@dataclass(frozen=True)
class Schedule:
    """Every N minutes, or daily at a time, or monthly on a day at a time."""

    every_minutes: int | None = None
    at: time | None = None
    day: int | None = None

    @classmethod
    def of(
        cls, *, every_minutes: int | None, daily_at: str | None, monthly_on: tuple[int, str] | None
    ) -> "Schedule":
        """Return the schedule for exactly one of the three ways to say it.

        Raises:
            InvalidSchedule: when none or several are given, or one is out of range.
        """
        if sum(given is not None for given in (every_minutes, daily_at, monthly_on)) != 1:
            raise InvalidSchedule("give exactly one of every_minutes, daily_at, monthly_on")
        if every_minutes is not None:
            if every_minutes < 1:
                raise InvalidSchedule(f"every_minutes must be at least 1, not {every_minutes}")
            return cls(every_minutes=every_minutes)
        if monthly_on is not None:
            day, at = monthly_on
            if not 1 <= day <= 31:
                raise InvalidSchedule(f"a month has no day {day}")
            return cls(at=_time(at), day=day)
        return cls(at=_time(daily_at or ""))

    def after(self, moment: datetime) -> datetime:
        """Return the first due time strictly later than ``moment`` (aware, Tokyo)."""
        local = moment.astimezone(TOKYO)
        if self.every_minutes is not None:
            return local + timedelta(minutes=self.every_minutes)
        if self.at is None:
            raise InvalidSchedule("a schedule without a time")
        if self.day is None:
            today = datetime.combine(local.date(), self.at, TOKYO)
            return (
                today if today > local else datetime.combine(local.date() + timedelta(days=1), self.at, TOKYO)
            )
        this_month = self._in_month(local.year, local.month)
        if this_month > local:
            return this_month
        return self._in_month(local.year + local.month // 12, local.month % 12 + 1)

    def _in_month(self, year: int, month: int) -> datetime:
        last_day = calendar.monthrange(year, month)[1]
        return datetime(year, month, min(self.day or 1, last_day), tzinfo=TOKYO).replace(
            hour=self.at.hour if self.at else 0, minute=self.at.minute if self.at else 0
        )

    def __str__(self) -> str:
        if self.every_minutes is not None:
            return f"every {self.every_minutes} min"
        clock = f"{self.at:%H:%M}" if self.at else ""
        return f"monthly {self.day} {clock}" if self.day is not None else f"daily {clock}"


def _time(text: str) -> time:
    try:
        return datetime.strptime(text, "%H:%M").replace(tzinfo=TOKYO).time()
    except ValueError:
        raise InvalidSchedule(f"{text!r} is not a time like 02:30") from None
