"""Periods: half-open spans of days."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from yui.kernel.calendar_jp.months import FiscalYear, Month

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """The days from ``start`` up to, not including, ``end``. Raises ``ValueError`` unless start < end."""

    start: datetime.date
    end: datetime.date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"a period ends after it starts: {self.start} – {self.end}")

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.last_day.isoformat()}"

    @classmethod
    def of_month(cls, month: Month) -> Self:
        """The period of one month."""
        return cls(month.first_day, month.last_day + ONE_DAY)

    @classmethod
    def of_months(cls, first: Month, last: Month) -> Self:
        """The period from the first to the last month, both included."""
        return cls(first.first_day, last.last_day + ONE_DAY)

    @classmethod
    def of_fiscal_year(cls, fiscal_year: FiscalYear) -> Self:
        """The period of one fiscal year."""
        return cls(fiscal_year.start, fiscal_year.end + ONE_DAY)

    @property
    def last_day(self) -> datetime.date:
        """The last day that belongs to the period."""
        return self.end - ONE_DAY

    @property
    def day_count(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days

    @property
    def days(self) -> Iterator[datetime.date]:
        """The days one by one."""
        return (self.start + ONE_DAY * step for step in range(self.day_count))

    @property
    def months(self) -> list[Month]:
        """Every month that the period touches."""
        return Month.between(Month.of(self.start), Month.of(self.last_day))

    @property
    def is_whole_months(self) -> bool:
        """Tell whether the period begins and ends with a month."""
        return self.start.day == 1 and self.end.day == 1

    @property
    def label(self) -> str:
        """The period for readers: the fiscal year, the month, or both ends."""
        months = self.months
        if self == Period.of_fiscal_year(months[0].fiscal_year):
            return months[0].fiscal_year.label
        if self.is_whole_months:
            return months[0].label if len(months) == 1 else f"{months[0].label}–{months[-1].label}"
        return f"{self.start.isoformat()}–{self.last_day.isoformat()}"

    def contains(self, day: datetime.date) -> bool:
        """Tell whether the day belongs to the period."""
        return self.start <= day < self.end

    def overlaps(self, other: "Period") -> bool:
        """Tell whether the two periods share a day."""
        return self.start < other.end and other.start < self.end

    def previous(self) -> Self:
        """The period of the same length just before: so many months for whole months, else so many days."""
        if self.is_whole_months:
            first = Month.of(self.start).shift(-len(self.months))
            return type(self)(first.first_day, self.start)
        return type(self)(self.start - ONE_DAY * self.day_count, self.start)
