"""Two other ways to rank the same scores, to see whether the order depends on the method."""

import numpy as np

from yui.governance.priorities.engine.acceptability import checked_scores
from yui.governance.priorities.engine.simplices import Floats


def topsis(scores: object, weights: object) -> Floats:
    """Return how near each option is to the best of all criteria and how far from the worst, 0 to 1.

    TOPSIS (Hwang and Yoon 1981) with vector normalisation, all criteria more-is-better: the distance to the
    worst divided by the sum of both distances. Options that are all alike get 0.5.

    Raises:
        ScoresWrong: for no finite table.
    """
    table = checked_scores(scores)
    length = np.sqrt((table**2).sum(axis=0))
    scaled = table / np.where(length > 0, length, 1.0) * np.asarray(weights, dtype=np.float64)
    to_best = np.linalg.norm(scaled - scaled.max(axis=0), axis=1)
    to_worst = np.linalg.norm(scaled - scaled.min(axis=0), axis=1)
    both = to_best + to_worst
    return np.where(both > 0, to_worst / np.where(both > 0, both, 1.0), 0.5)


def promethee(scores: object, weights: object) -> Floats:
    """Return the net flow of each option, -1 to 1: how far it is preferred to the others less the reverse.

    PROMETHEE II (Brans and Vincke 1985) with the usual criterion: the better of two under a criterion wins
    its whole weight, however small the difference.

    Raises:
        ScoresWrong: for no finite table.
    """
    table = checked_scores(scores)
    if len(table) < 2:
        return np.zeros(len(table))
    wins = (table[:, None, :] > table[None, :, :]) @ np.asarray(weights, dtype=np.float64)
    return np.asarray((wins - wins.T).sum(axis=1) / (len(table) - 1))
