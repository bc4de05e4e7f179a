"""Months and fiscal years (年度: April to March). Each names the other, so they share a file."""

import calendar
import datetime
import re
import unicodedata
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from yui.kernel.calendar_jp.errors import DateNotUnderstood
from yui.kernel.calendar_jp.wareki import YEAR_PATTERN, era_named, era_of, gregorian_year

FIRST_MONTH_OF_FISCAL_YEAR = 4
_MONTH_TEXT = re.compile(
    YEAR_PATTERN + r"(?:年(?P<m1>\d{1,2})月?|[-/.](?P<m2>\d{1,2})|(?<=\d{4})(?P<m3>\d{2}))"
)
_FISCAL_YEAR_TEXT = re.compile(r"(?:FY)?" + YEAR_PATTERN + r"(?:年度|年)?")


def plain(text: str) -> str:
    """Fold full-width characters to plain ones (NFKC, as ``㋿`` → 令和) and drop the white space inside."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month. Ordered by time; ``str()`` is ``2026-11``."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (datetime.MINYEAR <= self.year <= datetime.MAXYEAR and 1 <= self.month <= 12):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def of(cls, day: datetime.date) -> Self:
        """Return the month that a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2026-11``, ``2026/11``, ``202611``, ``2026年11月``, ``令和8年11月`` or ``R8.11``.

        Raises ``DateNotUnderstood``.
        """
        remedy = _("2026-11、2026年11月、令和8年11月のように書いてください。")
        found = _MONTH_TEXT.fullmatch(plain(text))
        if not found:
            raise DateNotUnderstood(text, remedy)
        number = int(found["m1"] or found["m2"] or found["m3"])
        try:
            month = cls(gregorian_year(found), number)
        except ValueError as error:
            raise DateNotUnderstood(text, remedy) from error
        if found["era"]:
            era = era_named(found["era"])
            if month.last_day < era.first_day or month.first_day > era.last_day:
                raise DateNotUnderstood(text, remedy)
        return month

    @classmethod
    def between(cls, first: Self, last: Self) -> list[Self]:
        """List the months from first to last, both included; empty where last comes before first."""
        return [first.shift(step) for step in range(last.index - first.index + 1)]

    @property
    def index(self) -> int:
        """Months since year 0: consecutive months have consecutive numbers."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> datetime.date:
        """The first day of the month."""
        return datetime.date(self.year, self.month, 1)

    @property
    def last_day(self) -> datetime.date:
        """The last day of the month."""
        return datetime.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def fiscal_year(self) -> "FiscalYear":
        """The fiscal year that the month belongs to: January to March belong to the year before."""
        return FiscalYear(self.year if self.month >= FIRST_MONTH_OF_FISCAL_YEAR else self.year - 1)

    @property
    def label(self) -> str:
        """The month for readers: ``2026年11月`` (in English ``2026-11``)."""
        return _("%(year)d年%(month)d月") % {"year": self.year, "month": self.month}

    def shift(self, months: int) -> Self:
        """Return the month so many months later (earlier when negative)."""
        year, month = divmod(self.index + months, 12)
        return type(self)(year, month + 1)

    def next(self) -> Self:
        """Return the month after this one."""
        return self.shift(1)

    def previous(self) -> Self:
        """Return the month before this one."""
        return self.shift(-1)


@dataclass(frozen=True, order=True)
class FiscalYear:
    """One fiscal year: ``FiscalYear(2026)`` is 1 April 2026 to 31 March 2027. ``str()`` is ``2026``."""

    year: int

    def __str__(self) -> str:
        return str(self.year)

    @classmethod
    def of(cls, day: datetime.date) -> Self:
        """Return the fiscal year that a day lies in."""
        return cls(day.year if day.month >= FIRST_MONTH_OF_FISCAL_YEAR else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2026``, ``2026年度``, ``FY2026``, ``令和8年度``, ``R8`` or ``平成31年度`` (= 令和元年度).

        Raises ``DateNotUnderstood``.
        """
        found = _FISCAL_YEAR_TEXT.fullmatch(plain(text))
        if found:
            fiscal_year = cls(gregorian_year(found))
            if not found["era"] or _fiscal_year_in_era(fiscal_year, found["era"]):
                return fiscal_year
        raise DateNotUnderstood(text, _("2026年度、令和8年度のように書いてください。"))

    @property
    def start(self) -> datetime.date:
        """The first day, 1 April."""
        return datetime.date(self.year, FIRST_MONTH_OF_FISCAL_YEAR, 1)

    @property
    def end(self) -> datetime.date:
        """The last day, 31 March of the following year."""
        return datetime.date(self.year + 1, FIRST_MONTH_OF_FISCAL_YEAR - 1, 31)

    @property
    def months(self) -> list[Month]:
        """The twelve months, April first."""
        april = Month(self.year, FIRST_MONTH_OF_FISCAL_YEAR)
        return [april.shift(step) for step in range(12)]

    @property
    def label(self) -> str:
        """The year for readers: ``2026年度(令和8年度)``.

        The era is the one of 1 May: the Cabinet decided that the whole fiscal year 2019, which began a month
        before Reiwa, is called 令和元年度; for every other change of era 1 April and 1 May agree.
        """
        may = datetime.date(self.year, 5, 1)
        era = era_of(may)
        words = {"year": self.year, "era": era.title, "era_year": era.year_text(self.year)}
        return _("%(year)d年度(%(era)s%(era_year)s年度)") % words

    @property
    def short_label(self) -> str:
        """The year for tight places: ``2026年度``."""
        return _("%(year)d年度") % {"year": self.year}

    def shift(self, years: int) -> Self:
        """Return the fiscal year so many years later (earlier when negative)."""
        return type(self)(self.year + years)

    def next(self) -> Self:
        """Return the fiscal year after this one."""
        return self.shift(1)

    def previous(self) -> Self:
        """Return the fiscal year before this one."""
        return self.shift(-1)


def _fiscal_year_in_era(fiscal_year: FiscalYear, sign: str) -> bool:
    """Tell whether any day of the fiscal year lies in the era, so that both names of 2019 are understood."""
    era = era_named(sign)
    return (
        fiscal_year.year >= era.first_year
        and fiscal_year.start <= era.last_day
        and fiscal_year.end >= era.first_day
    )
