"""How much of the weight space makes each ranking come out: exact for few options.

Stochastic multicriteria acceptability analysis (SMAA-2: Lahdelma and Salminen 2001) with additive values and
no preference between weights. Where the method's integrals are usually estimated by drawing weights, the
space is cut here along the planes on which two options are worth the same: each piece has one ranking, and
the pieces' volumes are added up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from yui.governance.priorities.engine.simplices import Floats, cut, shares, whole_space

MOST_EXACT = 6
"""Options up to which every ranking is worked out exactly; beyond, weights are drawn."""
Order = tuple[int, ...]


@dataclass(frozen=True)
class Acceptability:
    """What the weight space says of m options under n criteria.

    Attributes:
        orders: share of the weight space of each ranking that comes out anywhere (options, best first);
            empty where weights were drawn.
        ranks: shape (m, m): share of the space in which option i takes rank r (row i, column r).
        pairs: shape (m, m): share in which option i is worth more than option j.
        central: shape (m, n): the middle of the weights that put an option first; NaN where none do.
        draws: how many weights were drawn; 0 where all is exact.
    """

    orders: Mapping[Order, float]
    ranks: Floats
    pairs: Floats
    central: Floats
    draws: int = 0


class ScoresWrong(ValueError):
    """Scores are not a finite table of at least one option and one criterion."""


def checked_scores(scores: object) -> Floats:
    """Return scores as an array (options, criteria).

    Raises:
        ScoresWrong: for anything else than a finite table.
    """
    table = np.asarray(scores, dtype=np.float64)
    if table.ndim != 2 or not table.size or not np.isfinite(table).all():
        raise ScoresWrong("scores must be a finite table of options and criteria")
    return table


def exact_acceptability(scores: object) -> Acceptability:
    """Work out the acceptability of every ranking exactly (up to rounding: the shares add up to 1 ± 1e-9).

    Options that are worth the same everywhere stand in the order in which they are given.

    Args:
        scores: shape (options, criteria), on one scale, more is better.

    Raises:
        ScoresWrong: for no finite table, or more options than ``MOST_EXACT``.
    """
    table = checked_scores(scores)
    options, criteria = table.shape
    if options > MOST_EXACT:
        raise ScoresWrong(f"exact for up to {MOST_EXACT} options; draw weights for {options}")
    cells = _cells(table)
    ranks, pairs = np.zeros((options, options)), np.zeros((options, options))
    middle, first = np.zeros((options, criteria)), np.zeros(options)
    orders: dict[Order, float] = {}
    for order, simplices in cells.items():
        sizes = shares(simplices)
        share = float(sizes.sum())
        orders[order] = share
        ranks[list(order), range(options)] += share
        for better, worse in combinations(order, 2):
            pairs[better, worse] += share
        middle[order[0]] += sizes @ simplices.mean(axis=1)
        first[order[0]] += share
    with np.errstate(invalid="ignore", divide="ignore"):
        central = middle / first[:, None]
    return Acceptability(orders, ranks, pairs, central)


def _cells(table: Floats) -> dict[Order, Floats]:
    """Return the pieces of the weight space by the ranking that comes out in each."""
    options, criteria = table.shape
    cells: dict[Order, Floats] = {(0,): whole_space(criteria)}
    for option in range(1, options):
        grown: dict[Order, Floats] = {}
        for order, simplices in cells.items():
            _insert(table, option, order, simplices, grown)
        cells = grown
    return cells


def _insert(table: Floats, option: int, order: Order, simplices: Floats, into: dict[Order, Floats]) -> None:
    """Place an option into a ranking, from the best downward, cutting the space where it overtakes."""
    for place, other in enumerate(order):
        behind, ahead = cut(simplices, table[other] - table[option])
        if len(ahead):
            into[(*order[:place], option, *order[place:])] = ahead
        simplices = behind
        if not len(simplices):
            return
    into[(*order, option)] = simplices


def drawn_acceptability(
    scores: object, *, draws: int, seed: int = 0, uncertainty: object = 0.0
) -> Acceptability:
    """Estimate the acceptability by drawing weights, uniform over the weight space.

    Args:
        scores: shape (options, criteria).
        draws: how many weights; the standard error of a share p is sqrt(p (1 - p) / draws).
        seed: the same seed gives the same result.
        uncertainty: half the width within which a score may lie, one number or shape (options, criteria);
            each draw takes every score anew, uniform within it.

    Raises:
        ScoresWrong: for no finite table, no draws, or a negative uncertainty.
    """
    table = checked_scores(scores)
    width = np.broadcast_to(np.asarray(uncertainty, dtype=np.float64), table.shape)
    if draws < 1 or not np.isfinite(width).all() or (width < 0).any():
        raise ScoresWrong("draws must be positive, and uncertainty not negative")
    options, criteria = table.shape
    generator = np.random.default_rng(seed)
    wins = np.zeros((options, options))
    ranks = np.zeros((options, options))
    middle = np.zeros((options, criteria))
    for start in range(0, draws, _CHUNK):
        weights = _weights(generator, min(_CHUNK, draws - start), criteria)
        values = _values(generator, weights, table, width)
        place = np.zeros(values.shape, dtype=np.int8)
        for one, other in combinations(range(options), 2):
            beats = values[one] >= values[other]
            wins[one, other] += np.count_nonzero(beats)
            place[other] += beats
            place[one] += ~beats
        for option in range(options):
            ranks[option] += np.bincount(place[option], minlength=options)
            middle[option] += (place[option] == 0).astype(np.float32) @ weights
    lower = np.tril_indices(options, -1)
    wins[lower] = draws - wins.T[lower]
    with np.errstate(invalid="ignore", divide="ignore"):
        central = middle / ranks[:, :1]
    return Acceptability({}, ranks / draws, wins / draws, central, draws)


_CHUNK = 1 << 16


def _weights(generator: np.random.Generator, count: int, criteria: int) -> NDArray[np.float32]:
    """Return weights, uniform over the simplex: exponential values divided by their sum."""
    drawn = generator.standard_exponential((count, criteria), dtype=np.float32)
    drawn /= drawn.sum(axis=1, keepdims=True)
    return drawn


def _values(
    generator: np.random.Generator, weights: NDArray[np.float32], table: Floats, width: Floats
) -> NDArray[np.float32]:
    """Return what each option is worth under each weight, shape (options, draws)."""
    values = np.asarray(table.astype(np.float32) @ weights.T)
    if not width.any():
        return values
    for option, widths in enumerate(width.astype(np.float32)):
        for criterion in np.flatnonzero(widths):
            noise = generator.random(len(weights), dtype=np.float32)
            noise *= 2 * widths[criterion]
            noise -= widths[criterion]
            values[option] += noise * weights[:, criterion]
    return values


def confidence_factor(
    scores: object, option: int, weights: object, *, uncertainty: object, draws: int = 20_000, seed: int = 0
) -> float:
    """Return how likely an option is first under given weights when scores are uncertain.

    With its central weights this is the confidence factor of SMAA-2; ties count for the option.

    Raises:
        ScoresWrong: as ``drawn_acceptability``.
    """
    table = checked_scores(scores)
    width = np.broadcast_to(np.asarray(uncertainty, dtype=np.float64), table.shape)
    given = np.asarray(weights, dtype=np.float64)
    if draws < 1 or (width < 0).any() or not np.isfinite(given).all():
        raise ScoresWrong("weights must be finite, draws positive, and uncertainty not negative")
    generator = np.random.default_rng(seed)
    noise = generator.uniform(-1.0, 1.0, size=(draws, *table.shape)) * width
    values = (table + noise) @ given
    return float(np.mean(values[:, option] >= values.max(axis=1)))
