"""Days: reading what people and spreadsheets write, and writing what people read."""

import datetime
import re
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from yui.kernel.calendar_jp.errors import DateNotUnderstood
from yui.kernel.calendar_jp.months import plain
from yui.kernel.calendar_jp.wareki import YEAR_PATTERN, Era, era_named, era_of, gregorian_year, wareki

TOKYO = ZoneInfo("Asia/Tokyo")
WEEKDAYS = "月火水木金土日"
_TAIL = (
    r"(?:\((?P<weekday>[月火水木金土日])(?:曜日?)?\))?"
    r"(?:T?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_FORMS = tuple(
    re.compile(YEAR_PATTERN + form + _TAIL)
    for form in (
        r"年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?",
        r"(?P<sep>[-/.])(?P<month>\d{1,2})(?:(?P=sep)(?P<day>\d{1,2}))?",
        r"(?<=\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    )
)


def now() -> datetime.datetime:
    """Return the present moment, aware, in Tokyo."""
    return datetime.datetime.now(TOKYO)


def today() -> datetime.date:
    """Return today's date in Tokyo."""
    return now().date()


def format_date(day: datetime.date) -> str:
    """Write a day for readers: ``2026年11月23日(令和8年)``; in English ``2026-11-23 (Reiwa 8)``."""
    era = era_of(day)
    words = {
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "era": era.title,
        "era_year": era.year_text(day.year),
    }
    return _("%(year)d年%(month)d月%(day)d日(%(era)s%(era_year)s年)") % words


def parse_date(text: str) -> datetime.date:
    """Read a day as people, spreadsheets and official forms write it.

    Understood: ``2026-11-23``, ``2026/11/23``, ``2026.11.23``, ``20261123``, ``2026年11月23日(月)``,
    ``令和8年11月23日``, ``R8.11.23``, ``R08/11/23``, full-width characters, a trailing time of day (dropped),
    and year and month alone (its first day). Raises ``DateNotUnderstood`` for anything else, for days that do
    not exist, for days outside the era named, and for a weekday that contradicts the date.
    """
    separated = re.sub(r"(?<=\d)[\s\u3000]+(?=[\d\uff10-\uff19]{1,2}[:\uff1a])", "T", text.strip())
    folded = plain(separated)
    for form in _FORMS:
        found = form.fullmatch(folded)
        if found:
            return _checked_day(text, found)
    raise DateNotUnderstood(text)


def _checked_day(text: str, found: re.Match[str]) -> datetime.date:
    """Build the day from a match, or tell what is wrong with it."""
    era = era_named(found["era"]) if found["era"] else None
    try:
        day = datetime.date(gregorian_year(found), int(found["month"]), int(found["day"] or 1))
    except ValueError as error:
        raise DateNotUnderstood(text, _("そのような日はありません。年月日を確かめてください。")) from error
    if era and not era.holds(day) and (found["day"] or not era.holds(_last_of_month(day))):
        raise DateNotUnderstood(text, _outside_era(era, day))
    if found["weekday"] and found["weekday"] != WEEKDAYS[day.weekday()]:
        words = {"weekday": WEEKDAYS[day.weekday()]}
        raise DateNotUnderstood(text, _("その日は%(weekday)s曜日です。日付か曜日を直してください。") % words)
    return day


def _last_of_month(day: datetime.date) -> datetime.date:
    """Return the last day of the day's month."""
    following = (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    return following - datetime.timedelta(days=1)


def _outside_era(era: Era, day: datetime.date) -> str:
    """Say which era the day belongs to instead."""
    try:
        right = wareki(day)
    except ValueError:
        return _("明治6年1月1日より前の日は扱いません。")
    words = {"era": era.title, "right": right}
    return _("その日は%(era)sではありません。%(right)sと書いてください。") % words
