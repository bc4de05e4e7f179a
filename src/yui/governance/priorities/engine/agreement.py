"""How far several bodies agree on an order, and the weights between theirs."""

from collections.abc import Sequence

import numpy as np

from yui.governance.priorities.engine.simplices import Floats


def ranks_of(values: object) -> Floats:
    """Return ranks from 1 for the greatest value; equal values share the mean of their ranks."""
    given = np.asarray(values, dtype=np.float64)
    order = np.argsort(-given, kind="stable")
    ranks = np.empty(len(given))
    start = 0
    while start < len(given):
        end = start
        while end + 1 < len(given) and given[order[end + 1]] == given[order[start]]:
            end += 1
        ranks[order[start : end + 1]] = (start + end) / 2 + 1
        start = end + 1
    return ranks


def kendall_w(rankings: Sequence[Sequence[float]]) -> float | None:
    """Return Kendall's coefficient of concordance W of k rankings of m options, corrected for ties.

    1 where all agree, 0 where there is no agreement at all. None for fewer than two rankings or options, or
    where every ranking ties all options. Source: Kendall and Babington Smith (1939); tie correction as in
    Siegel and Castellan (1988): W = (12 Σ R² - 3 k² m (m+1)²) / (k² m (m² - 1) - k Σ T), T = Σ (t³ - t).

    Args:
        rankings: k rows of m ranks, equal ones with their mean rank.
    """
    table = np.asarray(rankings, dtype=np.float64)
    if table.ndim != 2 or min(table.shape) < 2:
        return None
    judges, options = table.shape
    ties = sum(float((counts**3 - counts).sum()) for counts in _tie_sizes(table))
    below = judges**2 * options * (options**2 - 1) - judges * ties
    if below <= 0:
        return None
    above = 12 * float((table.sum(axis=0) ** 2).sum()) - 3 * judges**2 * options * (options + 1) ** 2
    return min(1.0, max(0.0, above / below))


def _tie_sizes(table: Floats) -> list[np.ndarray]:
    return [np.unique(row, return_counts=True)[1].astype(np.float64) for row in table]


def compromise(weights: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Return the weights between those of several bodies: geometric means, scaled to a sum of 1.

    The geometric mean is the one that agrees with pairwise comparisons (Aczél and Saaty 1983). Where it is
    zero throughout, because each criterion has no weight for somebody, the arithmetic means are taken.

    Raises:
        ValueError: for no weights.
    """
    table = np.asarray(weights, dtype=np.float64)
    if table.ndim != 2 or not table.size:
        raise ValueError("no weights to compromise between")
    with np.errstate(divide="ignore"):
        means = np.exp(np.log(table).mean(axis=0))
    if not means.sum() > 0:
        means = table.mean(axis=0)
    return tuple(float(mean) for mean in means / means.sum())
