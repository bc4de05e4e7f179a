"""What comes out: the ranking, how sure it is, who would rank otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from yui.governance.priorities.engine.acceptability import (
    MOST_EXACT,
    Acceptability,
    drawn_acceptability,
    exact_acceptability,
)
from yui.governance.priorities.engine.agreement import kendall_w, ranks_of
from yui.governance.priorities.engine.cross_check import promethee, topsis
from yui.governance.priorities.engine.robustness import (
    Flip,
    Interval,
    flips,
    one_way_intervals,
    ranking,
    weight_box,
)
from yui.governance.priorities.models import Option, Round
from yui.governance.priorities.queries.scores import ScoreTable, score_table
from yui.governance.priorities.queries.weights import WardWeighting, shared_weights, ward_weightings
from yui.kernel.policy import Actor

DRAWS = 200_000
"""Weights drawn for a page: the standard error of a share is at most 0.11 percentage points."""
Table = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class OptionResult:
    """One option: its value (1 to 5) and rank under the weights, and its shares of the weight space.

    Attributes:
        acceptability: share of the weight space in which it takes each rank, first to last.
        with_uncertainty: share in which it is first when scores move within their widths too; None where no
            score has a width.
        central: the middle of the weights that put it first; None where none do.
        topsis, promethee: its ranks by the two other methods, under the same weights.
    """

    option: Option
    value: float
    rank: int
    acceptability: tuple[float, ...]
    with_uncertainty: float | None
    central: tuple[float, ...] | None
    topsis: float
    promethee: float

    @property
    def first_share(self) -> float:
        """Share of the weight space in which it is first."""
        return self.acceptability[0]


@dataclass(frozen=True)
class WardRanking:
    """What a ward's own weights make of the scores."""

    weighting: WardWeighting
    order: tuple[Option, ...]
    differs: bool


@dataclass(frozen=True)
class Result:
    """The result of a round under some weights; options stand best first.

    Attributes:
        order_share: share of the weight space with exactly this order; None where weights were drawn.
        orders: the other orders that come out, most frequent first, with their shares.
        intervals: for each criterion the weights within which the order holds; None for nowhere.
        box: for each criterion the least and greatest weight with which it can hold at all.
        flips: for each rival of the first option the smallest change that puts it level, nearest first.
        agreement: Kendall's W of the wards' rankings; None for fewer than two wards.
    """

    table: ScoreTable
    weights: tuple[float, ...]
    is_shared: bool
    options: tuple[OptionResult, ...]
    order_share: float | None
    orders: tuple[tuple[tuple[Option, ...], float], ...]
    intervals: tuple[Interval | None, ...]
    box: tuple[Interval, ...]
    flips: tuple[tuple[Option, Flip], ...]
    weightings: tuple[WardWeighting, ...]
    rankings: tuple[WardRanking, ...]
    agreement: float | None
    draws: int

    @property
    def first(self) -> OptionResult:
        """The option that comes first."""
        return self.options[0]

    @property
    def order_codes(self) -> list[str]:
        """The codes of the options, best first."""
        return [each.option.code for each in self.options]

    @property
    def dissenting(self) -> tuple[WardRanking, ...]:
        """The wards whose own weights give another order."""
        return tuple(each for each in self.rankings if each.differs)


def result_of(actor: Actor, round_: Round, weights: Sequence[float] | None = None) -> Result | None:
    """Return the result of a round; None while options or scores are missing.

    Args:
        weights: numbers from 0 up in the order of the criteria, of which one is above 0; by default those
            between the wards' weights.
    """
    table = score_table(actor, round_)
    if not table.is_complete:
        return None
    weightings = ward_weightings(actor, round_, table.criteria)
    shared = shared_weights(weightings, len(table.criteria))
    asked = tuple(each / sum(weights) for each in weights) if weights else shared
    return _result(table, weightings, asked, is_shared=asked == shared)


def _result(
    table: ScoreTable, weightings: tuple[WardWeighting, ...], weights: tuple[float, ...], *, is_shared: bool
) -> Result:
    scores, options = table.values, table.options
    order = ranking(scores, weights)
    found = acceptability(scores)
    rankings = tuple(_ward_ranking(table, each, order) for each in weightings)
    judged = [ranks_of(_worth(scores, each.weights)).tolist() for each in weightings]
    others = sorted(found.orders.items(), key=lambda each: -each[1])
    return Result(
        table=table,
        weights=weights,
        is_shared=is_shared,
        options=_options(table, weights, order, found),
        order_share=found.orders.get(order, 0.0) if found.orders else None,
        orders=tuple(
            (tuple(options[i] for i in each), share)
            for each, share in others
            if each != order and share > 1e-9
        ),
        intervals=tuple(one_way_intervals(scores, weights, order)),
        box=tuple(weight_box(scores, order) or ()),
        flips=tuple((options[flip.option], flip) for flip in flips(scores, weights)),
        weightings=weightings,
        rankings=rankings,
        agreement=kendall_w(judged),
        draws=found.draws,
    )


@lru_cache(maxsize=64)
def acceptability(scores: Table) -> Acceptability:
    """Return the shares of the weight space: exact for few options, drawn for more; they know no weights."""
    if len(scores) <= MOST_EXACT:
        return exact_acceptability(scores)
    return drawn_acceptability(scores, draws=DRAWS)


@lru_cache(maxsize=64)
def _blurred(scores: Table, uncertainty: Table) -> tuple[float, ...]:
    """Return how often each option is first when scores move within their widths."""
    found = drawn_acceptability(scores, draws=DRAWS, uncertainty=uncertainty)
    return tuple(float(share) for share in found.ranks[:, 0])


def _options(
    table: ScoreTable, weights: tuple[float, ...], order: Sequence[int], found: Acceptability
) -> tuple[OptionResult, ...]:
    scores = table.values
    values = _worth(scores, weights)
    blurred = _blurred(scores, table.uncertainty) if any(map(any, table.uncertainty)) else None
    by_topsis, by_promethee = ranks_of(topsis(scores, weights)), ranks_of(promethee(scores, weights))
    return tuple(
        OptionResult(
            option=table.options[i],
            value=values[i],
            rank=place,
            acceptability=tuple(float(share) for share in found.ranks[i]),
            with_uncertainty=None if blurred is None else blurred[i],
            central=tuple(map(float, found.central[i])) if found.ranks[i, 0] > 0 else None,
            topsis=float(by_topsis[i]),
            promethee=float(by_promethee[i]),
        )
        for place, i in enumerate(order, start=1)
    )


def _ward_ranking(table: ScoreTable, weighting: WardWeighting, order: Sequence[int]) -> WardRanking:
    own = ranking(table.values, weighting.weights)
    return WardRanking(weighting, tuple(table.options[i] for i in own), own != tuple(order))


def _worth(scores: Table, weights: Sequence[float]) -> list[float]:
    return [sum(score * weight for score, weight in zip(row, weights, strict=True)) for row in scores]
