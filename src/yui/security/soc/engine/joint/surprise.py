"""How surprising it is that a key shows in so many wards at once: the statistic of joint alerts.

Formula and reasons: ``docs/correlation.md``, section 2.
"""

from collections.abc import Sequence
from math import comb, log10
from typing import NamedTuple

SMALLEST = 1e-300


class Prior(NamedTuple):
    """What is thought of a key never seen: a Beta distribution of its chance per ward and day.

    Attributes:
        alpha, beta: its parameters; the mean is alpha / (alpha + beta).
    """

    alpha: float
    beta: float


def daily_chances(days_seen: Sequence[int], days: int, prior: Prior, strength: float) -> list[float]:
    """Return for each ward the chance that a key shows on one day.

    A ward's chance is its own share of days, drawn towards the share over all wards as if that had been seen
    on ``strength`` days: q_w = (strength · m + c_w) / (strength + days), with
    m = (alpha + Σ c_w) / (alpha + beta + wards · days).

    Args:
        days_seen: for each ward the days of history on which the key showed (c_w).
        days: days of history.
    """
    pooled = (prior.alpha + sum(days_seen)) / (prior.alpha + prior.beta + len(days_seen) * days)
    return [(strength * pooled + seen) / (strength + days) for seen in days_seen]


def at_least(chances: Sequence[float], wards: int) -> float:
    """Return the chance that at least so many wards show a key (the tail of a Poisson binomial distribution).

    All terms are positive, so that even the smallest tail is exact to rounding. Equal chances, as those of a
    key never seen before, make it binomial.
    """
    if wards <= 0:
        return 1.0
    first, among = chances[0], len(chances)
    if all(chance == first for chance in chances):
        terms = (
            comb(among, count) * first**count * (1 - first) ** (among - count)
            for count in range(wards, among + 1)
        )
        return min(1.0, sum(terms))
    states = [1.0] + [0.0] * wards
    for place, chance in enumerate(chances):
        states[wards] += states[wards - 1] * chance
        for count in range(min(place + 1, wards - 1), 0, -1):
            states[count] = states[count] * (1 - chance) + states[count - 1] * chance
        states[0] *= 1 - chance
    return min(1.0, states[wards])


def within(chances: Sequence[float], window_days: float) -> list[float]:
    """Return the chances over a window instead of one day, days being independent."""
    return [1 - (1 - chance) ** window_days for chance in chances]


def surprise(expected: float) -> float:
    """Return −log10 of an expected number of chance coincidences; nothing above one is surprising."""
    return -log10(min(1.0, max(expected, SMALLEST)))
