"""The table of scores of a round, the derived criterion included."""

from dataclasses import dataclass
from decimal import Decimal

from yui.governance.priorities.engine.evidence import evidence_score
from yui.governance.priorities.models import STRENGTHS, Criterion, Option, Round, Score, ScoreEvidence
from yui.governance.priorities.queries.sets import criteria_of, options_of
from yui.kernel.policy import Actor


@dataclass(frozen=True)
class Cell:
    """What an option scores under a criterion; ``value`` is None where nobody scored it yet."""

    option: Option
    criterion: Criterion
    value: float | None
    uncertainty: float = 0.0
    reason: str = ""
    evidence: tuple[ScoreEvidence, ...] = ()

    @property
    def has_evidence(self) -> bool:
        """Whether something stands behind the score; the derived one stands on all others' evidence."""
        return self.criterion.is_derived or bool(self.evidence)


@dataclass(frozen=True)
class ScoreTable:
    """The scores of one round: ``rows`` holds each option with its cells in the order of the criteria."""

    options: tuple[Option, ...]
    criteria: tuple[Criterion, ...]
    rows: tuple[tuple[Option, tuple[Cell, ...]], ...]

    @property
    def is_complete(self) -> bool:
        """Whether there are two options at least, and every cell has its score."""
        known = all(cell.value is not None for _option, cells in self.rows for cell in cells)
        return len(self.options) > 1 and bool(self.criteria) and known

    @property
    def without_evidence(self) -> int:
        """How many scores nothing stands behind."""
        cells = [cell for _option, cells in self.rows for cell in cells]
        return sum(1 for cell in cells if cell.value is not None and not cell.has_evidence)

    @property
    def values(self) -> tuple[tuple[float, ...], ...]:
        """The scores as numbers; only for a complete table."""
        return tuple(tuple(cell.value or 0.0 for cell in cells) for _option, cells in self.rows)

    @property
    def uncertainty(self) -> tuple[tuple[float, ...], ...]:
        """Half the width of each score."""
        return tuple(tuple(cell.uncertainty for cell in cells) for _option, cells in self.rows)


def score_table(actor: Actor, round_: Round) -> ScoreTable:
    """Return the scores of a round: four queries."""
    priority_set = round_.priority_set
    options, criteria = options_of(actor, priority_set), criteria_of(actor, priority_set)
    scores = {
        (score.option_id, score.criterion_id): score
        for score in Score.objects.visible_to(actor).filter(round=round_)
    }
    evidence: dict[int, list[ScoreEvidence]] = {}
    for each in ScoreEvidence.objects.visible_to(actor).filter(score__round=round_):
        evidence.setdefault(each.score_id, []).append(each)
    rows = tuple((option, _row(option, criteria, scores, evidence)) for option in options)
    return ScoreTable(tuple(options), tuple(criteria), rows)


def _row(
    option: Option,
    criteria: list[Criterion],
    scores: dict[tuple[int, int], Score],
    evidence: dict[int, list[ScoreEvidence]],
) -> tuple[Cell, ...]:
    """Return the cells of one option; the derived one is worked out from the others' evidence."""
    typed = [_cell(option, each, scores, evidence) for each in criteria if not each.is_derived]
    behind = [[STRENGTHS[piece.kind] for piece in cell.evidence] for cell in typed]
    scored = all(cell.value is not None for cell in typed)
    earned = evidence_score(behind) if scored else None
    left = iter(typed)
    return tuple(Cell(option, each, earned) if each.is_derived else next(left) for each in criteria)


def _cell(
    option: Option,
    criterion: Criterion,
    scores: dict[tuple[int, int], Score],
    evidence: dict[int, list[ScoreEvidence]],
) -> Cell:
    score = scores.get((option.pk, criterion.pk))
    if score is None:
        return Cell(option, criterion, None)
    return Cell(
        option,
        criterion,
        float(score.value),
        float(score.uncertainty or Decimal(0)),
        score.reason,
        tuple(evidence.get(score.pk, ())),
    )
