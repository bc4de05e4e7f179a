"""The space of weights as simplices, cut by planes through it.

Weights of n criteria are the points of the standard simplex: none negative, their sum 1. A simplex is an
array (n, n): n weight vectors, its corners. Its share of the whole space is the absolute determinant of that
array, since the whole space is the simplex whose array is the identity.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ZERO = 1e-12
"""Values of a plane nearer to zero than this lie on it."""


def whole_space(criteria: int) -> Floats:
    """Return the space of all weights as one simplex, shape (1, criteria, criteria)."""
    return np.eye(criteria)[None]


def shares(simplices: Floats) -> Floats:
    """Return the share of the weight space that each of k simplices fills, shape (k,)."""
    return np.abs(np.linalg.det(simplices))


def cut(simplices: Floats, normal: Floats) -> tuple[Floats, Floats]:
    """Cut simplices by the plane ``normal @ weights == 0``.

    Args:
        simplices: shape (k, n, n).
        normal: shape (n,).

    Returns:
        The simplices on the side where ``normal @ weights`` is positive, and those on the other; those that
        lie on the plane altogether are on the positive side. A simplex that the plane crosses is cut along an
        edge from a positive to a negative corner into two, each with one crossing edge less, until none is
        crossed.
    """
    positive: list[Floats] = []
    negative: list[Floats] = []
    values = simplices @ normal
    while len(simplices):
        values = np.where(np.abs(values) < ZERO, 0.0, values)
        above, below = values.max(axis=1) > 0, values.min(axis=1) < 0
        crossed = above & below
        positive.append(simplices[~below])
        negative.append(simplices[below & ~above])
        simplices, values = _halved(simplices[crossed], values[crossed])
    if not positive:
        empty = np.empty((0, len(normal), len(normal)))
        return empty, empty
    return np.concatenate(positive), np.concatenate(negative)


def _halved(simplices: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Cut each simplex in two where its longest crossing edge meets the plane."""
    rows = np.arange(len(simplices))
    high, low = values.argmax(axis=1), values.argmin(axis=1)
    above, below = values[rows, high], values[rows, low]
    part = (above / (above - below))[:, None]
    point = simplices[rows, high] * (1 - part) + simplices[rows, low] * part
    upper, lower = simplices.copy(), simplices.copy()
    upper[rows, low], lower[rows, high] = point, point
    upper_values, lower_values = values.copy(), values.copy()
    upper_values[rows, low], lower_values[rows, high] = 0.0, 0.0
    return np.concatenate([upper, lower]), np.concatenate([upper_values, lower_values])
