"""When an event happened, when it was received, and under which hour it is filed."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

SECOND = 1_000_000
HOUR = 3600 * SECOND
DAY = 24 * HOUR
OLDEST = 400 * DAY
NEWEST = DAY
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Filed(NamedTuple):
    """Where an event is filed.

    Attributes:
        time: microseconds since 1970 UTC under which readers find it.
        clock: empty when that is the event's own time; ``none`` where it told none, ``past`` and ``future``
            where the time told is more than 400 days before or a day after it was received.
    """

    time: int
    clock: str


def filed(told: int | None, received: int) -> Filed:
    """Return under which time an event is filed: its own if believed, else that of its receipt."""
    if told is None:
        return Filed(received, "none")
    if told < received - OLDEST:
        return Filed(received, "past")
    if told > received + NEWEST:
        return Filed(received, "future")
    return Filed(told, "")


def hour_part(time: int) -> str:
    """Return the hour of a time in microseconds, as the lake names it: ``2026-11-26T13``."""
    return f"{moment(time):%Y-%m-%dT%H}"


def moment(time: int) -> datetime:
    """Return microseconds since 1970 UTC as a moment."""
    return EPOCH + timedelta(microseconds=time)


def microseconds(at: datetime) -> int:
    """Return a moment as microseconds since 1970 UTC."""
    return (at - EPOCH) // timedelta(microseconds=1)
