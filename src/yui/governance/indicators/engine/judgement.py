"""達成, 順調, 遅れ, 判定不能 or データなし: how a figure stands against its target."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from yui.governance.indicators.engine.projection import FITTED_MONTHS, project
from yui.kernel.measures.values import AgreedLevel
from yui.kernel.statistics.stability import (
    Stability,
    judge_stability,
    judge_stability_and_level,
)


class Status(StrEnum):
    """How an indicator stands."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    LATE = "late"
    UNDETERMINED = "undecided"
    NO_DATA = "no_data"


def judge_level(
    history: Sequence[Decimal | None], target: Decimal, *, rising: bool, months_left: int
) -> Status:
    """Judge a level (a share, a mean) whose last value is this month's.

    Reached: achieved. Otherwise on track when the trend of the last two years reaches the target within
    ``months_left``; late when it does not; undetermined while there are too few points to tell.
    """
    value = history[-1] if history else None
    if value is None:
        return Status.NO_DATA
    if (value >= target) if rising else (value <= target):
        return Status.ACHIEVED
    projection = project([None if v is None else float(v) for v in history[-FITTED_MONTHS:]], float(target))
    if projection is None:
        return Status.UNDETERMINED
    arrives = projection.expected is not None and projection.expected <= months_left
    return Status.ON_TRACK if arrives else Status.LATE


def judge_sum(value: Decimal | None, target: Decimal, elapsed: int, whole: int) -> Status:
    """Judge a figure that adds up: on track while it is at least the part of the target due by now."""
    if value is None:
        return Status.NO_DATA
    if value >= target:
        return Status.ACHIEVED
    return Status.ON_TRACK if value * whole >= target * elapsed and elapsed < whole else Status.LATE


def judge_ceiling(value: Decimal | None, target: Decimal) -> Status:
    """Judge a figure that must not exceed its target."""
    if value is None:
        return Status.NO_DATA
    return Status.ACHIEVED if value <= target else Status.LATE


def judge_ratio(history: Sequence[Decimal | None], gate: AgreedLevel | None = None) -> Status:
    """Judge a ratio that is to become stable, with a ``gate`` at a level not above the agreed one."""
    if not history or history[-1] is None:
        return Status.NO_DATA
    values = [None if v is None else float(v) for v in history]
    if gate is None:
        state = judge_stability(values).state
    else:
        agreed = None if gate.value is None else float(gate.value)
        state = judge_stability_and_level(values, agreed).state
    return {
        Stability.STABLE: Status.ACHIEVED,
        Stability.UNSTABLE: Status.LATE,
        Stability.UNDETERMINED: Status.UNDETERMINED,
    }[state]


def judge_report(value: Decimal | None) -> Status:
    """Judge a figure that has no target and only has to be reported."""
    return Status.NO_DATA if value is None else Status.ON_TRACK
