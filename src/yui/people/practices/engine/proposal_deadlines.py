"""By when a stage of a proposal should be over."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from yui.kernel.calendar_jp import Month, add_business_days
from yui.people.practices.engine.proposal_states import ENDED, Stage

USUAL_DAYS: Mapping[Stage, int] = MappingProxyType(
    {
        Stage.RECEIVED: 5,
        Stage.REVIEW: 40,
        Stage.RETURNED: 10,
        Stage.ADOPTED: 60,
        Stage.PARTLY: 60,
        Stage.IMPLEMENTED: 60,
        Stage.MEASURED: 120,
    }
)
"""Business days a stage may last where a ward has set nothing else; a draft has all the time it wants."""

CONFIRMATION_MONTHS = (6, 12)
"""After so many months a measured effect is looked at again."""


def due_on(stage: Stage, entered_on: date, days: Mapping[Stage, int]) -> date | None:
    """Return the last day on which a stage entered on a day is in time, None where it has no limit.

    Args:
        days: business days by stage as the ward has set them; the usual ones stand in for absent stages.
    """
    limit = days.get(stage, USUAL_DAYS.get(stage))
    if stage in ENDED or limit is None:
        return None
    return add_business_days(entered_on, limit)


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a month that lacks it."""
    month = Month.of(day).shift(months)
    return day.replace(year=month.year, month=month.month, day=min(day.day, month.last_day.day))


def next_confirmation(first_measured_on: date, confirmed: int) -> date | None:
    """Return the day on which the effect is due to be looked at again.

    Args:
        first_measured_on: when the effect was measured at first.
        confirmed: how many of the confirmations have been made.
    """
    if confirmed >= len(CONFIRMATION_MONTHS):
        return None
    return months_later(first_measured_on, CONFIRMATION_MONTHS[confirmed])
