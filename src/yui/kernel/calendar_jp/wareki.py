"""Japanese eras: which era a day belongs to, and which Gregorian year an era year is.

Era boundaries are those of the era laws and ordinances. Japan took up the Gregorian calendar on 1 January
1873 (明治6年); earlier days of Meiji were written in the lunar calendar and are therefore not offered here.
"""

import datetime
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop


@dataclass(frozen=True)
class Era:
    """One era: its name, its one-letter abbreviation, the year counted as 元年 and its first and last day."""

    name: str
    letter: str
    first_year: int
    first_day: datetime.date
    last_day: datetime.date

    @property
    def title(self) -> str:
        """The era's name in the reader's language."""
        return _(self.name)

    def holds(self, day: datetime.date) -> bool:
        """Tell whether the day lies in this era."""
        return self.first_day <= day <= self.last_day

    def year_text(self, year: int) -> str:
        """Write a Gregorian year as this era's year: ``元`` for the first, else digits."""
        number = year - self.first_year + 1
        return "元" if number == 1 else str(number)


ERAS: tuple[Era, ...] = (
    Era(gettext_noop("令和"), "R", 2019, datetime.date(2019, 5, 1), datetime.date.max),
    Era(gettext_noop("平成"), "H", 1989, datetime.date(1989, 1, 8), datetime.date(2019, 4, 30)),
    Era(gettext_noop("昭和"), "S", 1926, datetime.date(1926, 12, 25), datetime.date(1989, 1, 7)),
    Era(gettext_noop("大正"), "T", 1912, datetime.date(1912, 7, 30), datetime.date(1926, 12, 24)),
    Era(gettext_noop("明治"), "M", 1868, datetime.date(1873, 1, 1), datetime.date(1912, 7, 29)),
)
_BY_SIGN = {sign: era for era in ERAS for sign in (era.name, era.name[0], era.letter, era.letter.lower())}


# The year part of a written date, for the regular expressions of this package.
YEAR_PATTERN = (
    r"(?:(?P<western>\d{4})"
    r"|(?P<era>令和|平成|昭和|大正|明治|[令平昭大明RHSTMrhstm])(?P<count>元|\d{1,2}))"
)


def era_named(sign: str) -> Era:
    """Return the era called by its name (令和), first character (令) or letter (R, r); else ``KeyError``."""
    return _BY_SIGN[sign]


def gregorian_year(found: re.Match[str]) -> int:
    """Return the Gregorian year that a match of ``YEAR_PATTERN`` names; ``元`` is an era's first year."""
    if found["western"]:
        return int(found["western"])
    count = 1 if found["count"] == "元" else int(found["count"])
    return era_named(found["era"]).first_year + count - 1


def era_of(day: datetime.date) -> Era:
    """Return the era of a day. Raises ``ValueError`` before 1 January 1873."""
    for era in ERAS:
        if era.holds(day):
            return era
    raise ValueError(f"no Gregorian era date before 1873-01-01: {day}")


def wareki_year(day: datetime.date) -> str:
    """Write the era year of a day, as ``令和8年`` or ``平成元年``."""
    era = era_of(day)
    return f"{era.name}{era.year_text(day.year)}年"


def wareki(day: datetime.date) -> str:
    """Write a day with its era, as ``令和8年11月23日``. Raises ``ValueError`` before 1 January 1873."""
    return f"{wareki_year(day)}{day.month}月{day.day}日"
