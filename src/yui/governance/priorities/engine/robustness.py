"""How far weights may move before an order changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from yui.governance.priorities.engine.acceptability import Order, checked_scores
from yui.governance.priorities.engine.simplices import Floats

_ZERO = 1e-12


@dataclass(frozen=True)
class Interval:
    """The weights of one criterion, from ``low`` to ``high``, within which an order holds."""

    low: float
    high: float


@dataclass(frozen=True)
class Flip:
    """The smallest change of weights that puts another option first.

    Attributes:
        option: which option draws level with the first one.
        weights: the nearest weights at which it does, shape (criteria,).
        change: how much weight moves from some criteria to others (half the sum of the differences), 0 to 1.
    """

    option: int
    weights: tuple[float, ...]
    change: float


def ranking(scores: object, weights: object) -> Order:
    """Return the options by additive value under ``weights``, best first; equal ones as they are given."""
    values = checked_scores(scores) @ np.asarray(weights, dtype=np.float64)
    return tuple(int(option) for option in np.argsort(-values, kind="stable"))


def _steps(table: Floats, order: Sequence[int]) -> Floats:
    """Return what each option of the order is ahead of the next one, by criterion."""
    ranked = table[list(order)]
    return ranked[:-1] - ranked[1:]


def one_way_intervals(scores: object, weights: object, order: Order | None = None) -> list[Interval | None]:
    """Return the weights of each criterion within which ``order`` holds, the others keeping their proportion.

    Along this line every option's value is linear in the one weight, so that the bounds are where two
    neighbours of the order are worth the same. Where all other weights are zero, they share the rest equally.
    None for a criterion along whose line the order never holds.

    Args:
        weights: shape (criteria,), none negative, their sum 1.
        order: by default the ranking under ``weights``.
    """
    table, given = checked_scores(scores), np.asarray(weights, dtype=np.float64)
    ahead = _steps(table, order if order is not None else ranking(table, given))
    found: list[Interval | None] = []
    for criterion in range(len(given)):
        rest = np.delete(np.arange(len(given)), criterion)
        total = given[rest].sum()
        others = given[rest] / total if total > _ZERO else np.full(len(rest), 1 / max(1, len(rest)))
        at_zero = ahead[:, rest] @ others if len(rest) else np.zeros(len(ahead))
        found.append(_interval(at_zero, ahead[:, criterion]))
    return found


def _interval(at_zero: Floats, at_one: Floats) -> Interval | None:
    """Return where all lines from ``at_zero`` to ``at_one`` are not negative, within 0 and 1."""
    low, high = 0.0, 1.0
    for start, end in zip(at_zero, at_one, strict=True):
        if start < -_ZERO and end < -_ZERO:
            return None
        if start < -_ZERO:
            low = max(low, start / (start - end))
        elif end < -_ZERO:
            high = min(high, start / (start - end))
    return Interval(float(low), float(high)) if low <= high + _ZERO else None


def _least(goal: Floats, **conditions: Any) -> Any:
    """Solve a linear program: the least of ``goal`` times the unknowns under the conditions."""
    # Heavy: most processes never rank anything.
    from scipy.optimize import linprog

    return linprog(goal, **conditions)


def weight_box(scores: object, order: Order) -> list[Interval] | None:
    """Return for each criterion the least and the greatest weight with which ``order`` can hold at all.

    None where no weights give the order. Two linear programs a criterion over the weights that give it.
    """
    table = checked_scores(scores)
    ahead, criteria = _steps(table, order), table.shape[1]
    bounds: list[Interval] = []
    for criterion in range(criteria):
        ends = []
        for sign in (1.0, -1.0):
            goal = np.zeros(criteria)
            goal[criterion] = sign
            solved = _least(
                goal,
                A_ub=-ahead if len(ahead) else None,
                b_ub=np.zeros(len(ahead)) if len(ahead) else None,
                A_eq=np.ones((1, criteria)),
                b_eq=[1.0],
                bounds=(0, 1),
            )
            if not solved.success:
                return None
            ends.append(float(solved.x[criterion]))
        bounds.append(Interval(ends[0], ends[1]))
    return bounds


def flips(scores: object, weights: object) -> list[Flip]:
    """Return for each rival the smallest change of weights that makes it worth as much as the first option.

    Nearest first. A rival that no weights put level is left out: the first option is better under every
    criterion. One linear program a rival: the moved weight is the sum of what is added, with what is taken
    equal to it.
    """
    table, given = checked_scores(scores), np.asarray(weights, dtype=np.float64)
    first, *rivals = ranking(table, given)
    found = [_flip(rival, table[first] - table[rival], given) for rival in rivals]
    return sorted((flip for flip in found if flip is not None), key=lambda flip: flip.change)


def _flip(rival: int, ahead: Floats, given: Floats) -> Flip | None:
    """Return the nearest weights at which the first option is no longer ahead of a rival."""
    solved = _least(
        np.ones(2 * len(given)) / 2,
        A_ub=np.concatenate([ahead, -ahead])[None],
        b_ub=[-(ahead @ given)],
        A_eq=np.concatenate([np.ones(len(given)), -np.ones(len(given))])[None],
        b_eq=[0.0],
        bounds=[*((0, None) for _ in given), *((0, weight) for weight in given)],
    )
    if not solved.success:
        return None
    moved = given + solved.x[: len(given)] - solved.x[len(given) :]
    return Flip(rival, tuple(float(weight) for weight in moved), max(0.0, float(solved.fun)))


def smallest_flip(scores: object, weights: object) -> Flip | None:
    """Return the smallest change of weights after which another option is worth as much as the first one.

    None where no weights do that.
    """
    return next(iter(flips(scores, weights)), None)
