"""Weights from pairwise comparisons (AHP), with their consistency."""

from dataclasses import dataclass

import numpy as np

RANDOM_INDEX = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Mean consistency index of random reciprocal matrices by their size, from Saaty (1980), table of RI."""
ACCEPTABLE = 0.1
"""Consistency ratio up to which comparisons are taken as consistent (Saaty 1980)."""


@dataclass(frozen=True)
class PairwiseWeights:
    """Weights with their consistency ratio; ``is_consistent`` where the ratio is at most ``ACCEPTABLE``."""

    weights: tuple[float, ...]
    ratio: float

    @property
    def is_consistent(self) -> bool:
        """Whether the comparisons contradict each other little enough."""
        return self.ratio <= ACCEPTABLE + 1e-9


class ComparisonsWrong(ValueError):
    """Comparisons are not a reciprocal matrix of two to ten criteria."""


def pairwise_weights(comparisons: object) -> PairwiseWeights:
    """Return weights from a reciprocal matrix: how many times criterion i matters more than criterion j.

    Weights are the row geometric means (Crawford and Williams 1985), which equal Saaty's eigenvector for
    consistent matrices; the ratio is (λ - n) / (n - 1) / RI with λ the mean of (A w)ᵢ / wᵢ.

    Raises:
        ComparisonsWrong: for anything that is no positive reciprocal matrix.
    """
    matrix = np.asarray(comparisons, dtype=np.float64)
    size = len(matrix)
    if matrix.shape != (size, size) or not 2 <= size < len(RANDOM_INDEX):
        raise ComparisonsWrong("comparisons must be a square matrix of 2 to 10 criteria")
    if (
        not np.isfinite(matrix).all()
        or (matrix <= 0).any()
        or not np.allclose(matrix * matrix.T, 1, rtol=1e-6)
    ):
        raise ComparisonsWrong("comparisons must be positive, and each the inverse of its opposite")
    means = np.exp(np.log(matrix).mean(axis=1))
    weights = means / means.sum()
    largest = float(np.mean(matrix @ weights / weights))
    index = max(0.0, (largest - size) / (size - 1))
    random = RANDOM_INDEX[size]
    return PairwiseWeights(tuple(float(weight) for weight in weights), index / random if random else 0.0)
