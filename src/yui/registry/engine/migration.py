"""The state of a standard system's migration on a day, from the days on which each state was reached."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How far a ward has come with one standard business area, in the order of the road."""

    CURRENT = "current"
    CONFORMITY = "conformity"
    SPECIAL = "special"
    MIGRATING = "migrating"
    MIGRATED = "migrated"


RANK: Mapping[str, int] = {state.value: rank for rank, state in enumerate(State)}


@dataclass(frozen=True)
class Step:
    """One state with the day planned for it and the day on which it was really reached."""

    state: str
    planned_on: date | None
    actual_on: date | None


def state_as_of(steps: Iterable[Step], day: date) -> str:
    """Return the state reached last on or before ``day``; ``current`` before any step was taken.

    Of two states reached on one day the one further along the road counts.
    """
    reached = [step for step in steps if step.actual_on is not None and step.actual_on <= day]
    if not reached:
        return State.CURRENT
    return max(reached, key=lambda step: (step.actual_on, RANK[step.state])).state


def is_late(steps: Iterable[Step], day: date) -> bool:
    """Tell whether a state was planned for a day before ``day`` and neither it nor a later one was reached.

    The special-support state is a way round, not a stage of the road: it never makes a migration late.
    """
    taken = list(steps)
    reached = RANK[state_as_of(taken, day)]
    return any(
        step.planned_on is not None and step.planned_on < day and RANK[step.state] > reached
        for step in taken
        if step.state != State.SPECIAL
    )


def remaining_by_day(migrations: Sequence[Sequence[Step]], days: Sequence[date]) -> list[tuple[int, int]]:
    """Return, for each day, how many migrations were not yet done: really, and by plan.

    A migration without a planned day of completion stays in the plan's remainder for ever.
    """
    planned = [_day_planned(steps) for steps in migrations]
    return [
        (
            sum(state_as_of(steps, day) != State.MIGRATED for steps in migrations),
            sum(goal is None or goal > day for goal in planned),
        )
        for day in days
    ]


def _day_planned(steps: Iterable[Step]) -> date | None:
    return next((step.planned_on for step in steps if step.state == State.MIGRATED), None)
