"""What an effect saves in a year."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

MINUTES_PER_HOUR = 60


class EffectUnit(StrEnum):
    """What an effect is counted in."""

    MINUTES_PER_CASE = "minutes_per_case"
    HOURS_PER_YEAR = "hours_per_year"
    YEN_PER_CASE = "yen_per_case"
    YEN_PER_YEAR = "yen_per_year"
    CASES_PER_YEAR = "cases_per_year"
    DAYS = "days"
    PERCENT = "percent"


@dataclass(frozen=True)
class Saving:
    """Working hours and yen saved in a year; None where the unit tells nothing about it, never zero."""

    hours: Decimal | None = None
    yen: Decimal | None = None


def saving_of(unit: EffectUnit, before: Decimal, after: Decimal, volume_per_year: int | None) -> Saving:
    """Return what a change from ``before`` to ``after`` saves; more work than before is a negative saving.

    Per case it is (before − after) × cases a year, minutes ÷ 60. Without a volume nothing can be said.
    """
    difference = Decimal(before) - Decimal(after)
    if unit is EffectUnit.HOURS_PER_YEAR:
        return Saving(hours=difference)
    if unit is EffectUnit.YEN_PER_YEAR:
        return Saving(yen=difference)
    if volume_per_year is None:
        return Saving()
    if unit is EffectUnit.MINUTES_PER_CASE:
        return Saving(hours=difference * volume_per_year / MINUTES_PER_HOUR)
    if unit is EffectUnit.YEN_PER_CASE:
        return Saving(yen=difference * volume_per_year)
    return Saving()
