"""The way of a ward that takes over another ward's practice, as a pure state machine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AdoptionState(StrEnum):
    """How far a ward has come with a practice."""

    CONSIDERING = "considering"
    TRIAL = "trial"
    INTRODUCED = "introduced"
    MEASURED = "measured"
    ESTABLISHED = "established"
    DISCONTINUED = "discontinued"
    DECLINED = "declined"


ENDED = frozenset({AdoptionState.DISCONTINUED, AdoptionState.DECLINED})
"""After these the ward may begin anew."""

IN_USE = frozenset({AdoptionState.INTRODUCED, AdoptionState.MEASURED, AdoptionState.ESTABLISHED})
"""States in which the ward works that way."""

NEEDS_REASON = ENDED

NEXT: dict[AdoptionState, tuple[AdoptionState, ...]] = {
    AdoptionState.CONSIDERING: (
        AdoptionState.TRIAL,
        AdoptionState.INTRODUCED,
        AdoptionState.DECLINED,
    ),
    AdoptionState.TRIAL: (
        AdoptionState.INTRODUCED,
        AdoptionState.DISCONTINUED,
        AdoptionState.DECLINED,
    ),
    AdoptionState.INTRODUCED: (
        AdoptionState.MEASURED,
        AdoptionState.ESTABLISHED,
        AdoptionState.DISCONTINUED,
    ),
    AdoptionState.MEASURED: (AdoptionState.ESTABLISHED, AdoptionState.DISCONTINUED),
    AdoptionState.ESTABLISHED: (AdoptionState.MEASURED, AdoptionState.DISCONTINUED),
    AdoptionState.DISCONTINUED: (),
    AdoptionState.DECLINED: (),
}


@dataclass(frozen=True)
class Step:
    """A state reached on a day."""

    state: AdoptionState
    on: date


class StepRefused(ValueError):
    """A step that does not follow from those before; ``reason`` is a code."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def next_states(steps: Sequence[Step]) -> tuple[AdoptionState, ...]:
    """Return the states that may follow; an adoption without steps begins with consideration."""
    return NEXT[steps[-1].state] if steps else (AdoptionState.CONSIDERING,)


def check_step(steps: Sequence[Step], step: Step, *, today: date, reason: str) -> None:
    """Refuse a step out of turn, out of time or without the reason that it needs.

    Raises:
        StepRefused: with ``out_of_turn``, ``in_the_future``, ``before_the_last`` or ``reason_missing``.
    """
    if step.state not in next_states(steps):
        raise StepRefused("out_of_turn")
    if step.on > today:
        raise StepRefused("in_the_future")
    if steps and step.on < steps[-1].on:
        raise StepRefused("before_the_last")
    if step.state in NEEDS_REASON and not reason.strip():
        raise StepRefused("reason_missing")


def introduced_on(steps: Sequence[Step]) -> date | None:
    """Return the day on which the ward first worked that way."""
    return next((step.on for step in steps if step.state is AdoptionState.INTRODUCED), None)


def days_to_adopt(steps: Sequence[Step]) -> int | None:
    """Return the days from the first consideration to the introduction; None before it."""
    introduced = introduced_on(steps)
    return (introduced - steps[0].on).days if introduced is not None else None
