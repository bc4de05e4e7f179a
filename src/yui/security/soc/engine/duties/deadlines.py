"""When reports to the 個人情報保護委員会 are due, by Tokyo's calendar.

The day on which the ward knew is the first day, and Saturdays, Sundays and holidays count (guidelines of
the commission on 漏えい等の報告等). Only where the 30th or 60th day itself is one on which offices are closed
does the date move, to the next day on which they are open.
"""

from datetime import date, datetime, time, timedelta

from yui.kernel.calendar_jp import TOKYO, business_day_on_or_after

REMIND_ON_DAY, DUE_ON_DAY = 3, 5
"""速報: 速やかに, read by the guidelines as three to five days."""

FINAL_DAYS, FINAL_DAYS_WRONGFUL = 30, 60
REMIND_BEFORE_FINAL = timedelta(days=7)
LAST_MINUTE = time(23, 59)


def nth_day(known_at: datetime, number: int) -> date:
    """Return the ``number``-th day, the day of knowing (Tokyo) being the first."""
    return known_at.astimezone(TOKYO).date() + timedelta(days=number - 1)


def preliminary_report_days(known_at: datetime) -> tuple[datetime, datetime]:
    """Return when to remind of the 速報 (the third day begins) and when it is due (the fifth day ends)."""
    return (
        datetime.combine(nth_day(known_at, REMIND_ON_DAY), time(0), TOKYO),
        datetime.combine(nth_day(known_at, DUE_ON_DAY), LAST_MINUTE, TOKYO),
    )


def final_report_due(known_at: datetime, *, wrongful_purpose: bool) -> datetime:
    """Return when the 確報 is due: the 30th day, the 60th where a wrongful purpose is to be feared."""
    day = nth_day(known_at, FINAL_DAYS_WRONGFUL if wrongful_purpose else FINAL_DAYS)
    return datetime.combine(business_day_on_or_after(day), LAST_MINUTE, TOKYO)
