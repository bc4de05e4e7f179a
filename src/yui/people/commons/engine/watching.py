"""When a question that waits is carried on: opening time of the offices, not time of the clock."""

from datetime import datetime, timedelta

from yui.kernel.calendar_jp import CLOSES_AT, OPENS_AT, business_hours_between

OFFICE_DAY = timedelta(hours=CLOSES_AT.hour - OPENS_AT.hour, minutes=CLOSES_AT.minute - OPENS_AT.minute)
"""The opening time of one business day."""
SERVICE_LEVEL = timedelta(hours=4)
"""Opening time within which a first answer is aimed at."""
LADDER: tuple[tuple[str, timedelta], ...] = (
    ("helpers", SERVICE_LEVEL),
    ("mentor", OFFICE_DAY),
    ("coordinator", 2 * OFFICE_DAY),
)
"""Stages of an unanswered question, each with the opening time after which it is due."""
NUDGE_AFTER = timedelta(days=3)
"""How long after the last answer an asker is asked whether it was solved."""


def waited(asked_at: datetime, at: datetime) -> timedelta:
    """Return the opening time since a question was asked; zero for one of the future."""
    return business_hours_between(asked_at, max(asked_at, at))


def stages_due(opening_time: timedelta) -> tuple[str, ...]:
    """Return the stages that a question has reached after so much opening time, in their order."""
    return tuple(stage for stage, limit in LADDER if opening_time >= limit)
