"""The whole tree as plain values: what the API and the command line give out."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from yui.governance.indicators.engine.judgement import Status
from yui.governance.indicators.queries.figures import Figure, figures
from yui.kernel.calendar_jp import Month
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import Actor

STATUS_WORDS = {
    Status.ACHIEVED: "達成",
    Status.ON_TRACK: "順調",
    Status.LATE: "遅れ",
    Status.UNDETERMINED: "判定不能",
    Status.NO_DATA: "データなし",
    None: "目標なし",
}


@dataclass(frozen=True)
class TreeRow:
    """One indicator of one scope; ``value`` is ``None`` where there is no data."""

    code: str
    level: str
    pillar: int
    title: str
    value: float | None
    unit: str
    target: float | None
    status: str
    numerator: float | None
    denominator: float | None
    records: int
    ward: str
    month: str
    measure: str
    note: str

    def as_dict(self) -> dict[str, Any]:
        """Return the row as a JSON object."""
        return asdict(self)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def tree_row(figure: Figure, actor: Actor) -> TreeRow:
    """Return one figure as plain values, counting the records that ``actor`` may open."""
    measure = figure.measure
    return TreeRow(
        code=figure.indicator.code,
        level=figure.indicator.level.value,
        pillar=figure.indicator.pillar,
        title=figure.indicator.title,
        value=_number(figure.value),
        unit=figure.indicator.unit.value,
        target=_number(figure.target),
        status=STATUS_WORDS[figure.status],
        numerator=_number(measure.numerator) if measure else None,
        denominator=_number(measure.denominator) if measure else None,
        records=figure.records(actor),
        ward=figure.scope.code,
        month=str(figure.month),
        measure=figure.indicator.measure,
        note=figure.note,
    )


def tree_rows(actor: Actor, month: Month, scopes: Iterable[MeasureScope]) -> list[TreeRow]:
    """Measure the whole tree for the scopes and return it row by row, in the article's order."""
    return [tree_row(figure, actor) for figure in figures(month, list(scopes)).values()]
