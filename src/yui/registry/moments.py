"""Moments as people and spreadsheets write them."""

import re
import unicodedata
from datetime import datetime, time

from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import TOKYO, DateNotUnderstood, parse_date

_TIME = re.compile(
    r"(?:[T\s]|(?<=日)|(?<=\)))\s*(?P<hour>\d{1,2})[:時](?P<minute>\d{1,2})分?(?::?(?P<second>\d{1,2})秒?(?:\.\d+)?)?\Z"
)


class MomentNotUnderstood(ValueError):
    """A text is not a day with a time; the message tells what to write instead."""

    def __init__(self, text: str) -> None:
        self.remedy = _("2026-11-23 09:30、令和8年11月23日 9時30分 のように、日付と時刻を書いてください。")
        super().__init__(_("「%(text)s」は日時として読めません。") % {"text": text})


def parse_moment(text: str) -> datetime:
    """Read a day (as ``parse_date`` does) with a time of day, in Tokyo.

    A day without a time means its beginning. Raises ``MomentNotUnderstood``.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    found = _TIME.search(folded)
    day_text = folded[: found.start()] if found else folded
    try:
        day = parse_date(day_text)
        clock = (
            time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0)) if found else time(0)
        )
    except (DateNotUnderstood, ValueError) as error:
        raise MomentNotUnderstood(text) from error
    return datetime.combine(day, clock, TOKYO)
