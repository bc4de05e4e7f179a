"""The mentors' turns: one ward a week, in official order, over and over."""

from collections.abc import Sequence
from datetime import date, timedelta

ONE_WEEK = timedelta(weeks=1)
MOST_WEEKS = 52


def monday_of(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def following_turns(
    wards: Sequence[str], last: tuple[date, str] | None, first_monday: date, weeks: int
) -> list[tuple[date, str]]:
    """Return the next ``weeks`` turns as Monday and ward.

    Args:
        wards: the wards in official order, not empty.
        last: the last planned week and its ward; the ward after it is next. A ward that is no longer among
            ``wards`` begins the order again.
        first_monday: where to begin when nothing later is planned.
        weeks: how many, up to ``MOST_WEEKS``.
    """
    begin, place = first_monday, 0
    if last is not None:
        monday, ward = last
        begin = max(first_monday, monday + ONE_WEEK)
        place = wards.index(ward) + 1 if ward in wards else 0
    return [
        (begin + ONE_WEEK * number, wards[(place + number) % len(wards)])
        for number in range(max(0, min(weeks, MOST_WEEKS)))
    ]
