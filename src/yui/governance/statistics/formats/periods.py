"""Periods as statistical tables write them: 年, 年度, 四半期, 月, 日, Gregorian or 和暦."""

import re
import unicodedata
from datetime import date

from yui.kernel.calendar_jp import DateNotUnderstood, FiscalYear, Month, parse_date

Period = tuple[date, str]
"""The first day of a period, and its frequency."""

YEAR, FISCAL_YEAR, QUARTER, MONTH, DAY = "year", "fiscal_year", "quarter", "month", "day"
LONGEST_TEXT = 40
FIRST_YEAR, LAST_YEAR = 1868, 2200
"""Years outside are no years of statistics but numbers of something else."""
_ESTAT = re.compile(r"(?P<year>\d{4})(?P<kind>\d{2})(?P<first>\d{2})(?P<last>\d{2})")
_MONTHS = re.compile(r"(?P<year>.+年)(?P<first>\d{1,2})月?[-~〜](?P<last>\d{1,2})月期?")
_QUARTER = re.compile(r"(?P<year>\d{4})[-/]?q(?P<number>[1-4])")
_TIME_OF_DAY = re.compile(r"(?<=\d)[ T]00:00(:00(\.0+)?)?\Z")
_YEAR = re.compile(r"\d{4}年?|.*[^\d]年|[a-zぁ-龠]+\d{1,2}年?")


def read_period(text: str, frequency: str = "") -> Period | None:
    """Return the period that a text names, None where it names none.

    Args:
        text: ``2023年``, ``令和5年度``, ``FY2023``, ``2023年4〜6月期``, ``2023Q2``, ``2023-05``,
            ``R5.5``, ``2023年5月1日`` …; months of merged headings stand behind a stroke (``令和5年/4月``).
        frequency: what a bare year (``2023``) or the first day of a longer period stands for.
    """
    written = _TIME_OF_DAY.sub("", unicodedata.normalize("NFKC", text).strip())
    plain = re.sub(r"\s+|現在$|時点$", "", written).replace("年/", "年").replace("年度/", "年度")
    if not plain or len(plain) > LONGEST_TEXT:
        return None
    found = _fiscal_year(plain) or _quarter(plain) or _year(plain) or _month(plain) or _day(plain)
    if found is None or not FIRST_YEAR <= found[0].year <= LAST_YEAR:
        return None
    return _as(found, frequency) if frequency else found


def read_estat_time(code: str, name: str) -> Period | None:
    """Return the period of an e-Stat time code, or of its name where the code says nothing.

    A code has ten digits: the year, ``00`` for calendar years or ``10`` for fiscal years, and the first and
    the last month of the period, both ``00`` for the whole year.
    """
    found = _ESTAT.fullmatch(code)
    if found and found["kind"] in ("00", "10") and FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        year, first, last = (int(found[key]) for key in ("year", "first", "last"))
        is_fiscal = found["kind"] == "10"
        if not first and not last:
            return date(year, 4 if is_fiscal else 1, 1), FISCAL_YEAR if is_fiscal else YEAR
        if not is_fiscal:
            return _of_months(year, first, last)
    return read_period(name)


def _of_months(year: int, first: int, last: int) -> Period | None:
    if not 1 <= first <= last <= 12:
        return None
    length = last - first + 1
    if length == 1:
        return date(year, first, 1), MONTH
    if length == 12:
        return date(year, 1, 1), YEAR
    return (date(year, first, 1), QUARTER) if length == 3 and first % 3 == 1 else None


def _fiscal_year(plain: str) -> Period | None:
    if not (plain.endswith("年度") or plain[:2].casefold() == "fy"):
        return None
    try:
        return FiscalYear.parse(plain.upper()).start, FISCAL_YEAR
    except DateNotUnderstood:
        return None


def _quarter(plain: str) -> Period | None:
    if found := _QUARTER.fullmatch(plain.casefold()):
        return date(int(found["year"]), int(found["number"]) * 3 - 2, 1), QUARTER
    found = _MONTHS.fullmatch(plain)
    year = _year(found["year"]) if found else None
    return _of_months(year[0].year, int(found["first"]), int(found["last"])) if found and year else None


def _year(plain: str) -> Period | None:
    if not _YEAR.fullmatch(plain.casefold()):
        return None
    try:
        # A bare year and a fiscal year are written alike; the calendar reads both with one pattern.
        return date(FiscalYear.parse(plain).year, 1, 1), YEAR
    except (DateNotUnderstood, ValueError):
        return None


def _month(plain: str) -> Period | None:
    try:
        return Month.parse(plain).first_day, MONTH
    except DateNotUnderstood:
        return None


def _day(plain: str) -> Period | None:
    try:
        return parse_date(plain), DAY
    except DateNotUnderstood:
        return None


def _as(found: Period, frequency: str) -> Period | None:
    """Return the period as one of the frequency wanted, where its first day can begin one."""
    day, written = found
    if written == frequency:
        return found
    if written == YEAR and frequency == FISCAL_YEAR:
        return date(day.year, 4, 1), FISCAL_YEAR
    if written in (DAY, MONTH) and _begins(day, frequency):
        return day, frequency
    return None


def _begins(day: date, frequency: str) -> bool:
    starts = {YEAR: (1,), FISCAL_YEAR: (4,), QUARTER: (1, 4, 7, 10), MONTH: range(1, 13)}
    return day.day == 1 and day.month in starts.get(frequency, ())
