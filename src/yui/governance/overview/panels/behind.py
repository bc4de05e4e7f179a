"""The records behind a figure that a panel measures now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yui.governance.overview.amounts import Amount
from yui.governance.overview.panels import costs, people, threats
from yui.governance.overview.queries.measured import months_alone, offered, years_begun, years_to
from yui.governance.overview.queries.question import Question
from yui.kernel.calendar_jp import Month, Period
from yui.kernel.measures.values import Measure, MeasureScope

Spans = Callable[[Sequence[Month]], list[Period]]
SPANS: Mapping[str, tuple[Spans, int]] = {
    costs.AS_BILLED: (months_alone, 2),
    costs.WITHOUT_ONE_OFF: (months_alone, 2),
    costs.PER_RESIDENT: (months_alone, 0),
    threats.DETECTIONS: (months_alone, 0),
    threats.DETECT: (years_begun, 1),
    threats.ACKNOWLEDGE: (years_begun, 1),
    **{each.measure: (years_to, each.amount.decimals) for each in people.WATCHED},
}
"""The span that a month's figure covers, and its decimals, for each measure that a panel shows."""


class NotShown(LookupError):
    """No panel shows the measure, or no installed room offers it."""


@dataclass(frozen=True)
class Behind:
    """A figure of the ward (or of all wards together) with what it was worked out from."""

    code: str
    title: Any
    purpose: str
    period: Period
    figure: Measure | None
    value: str
    lacking: tuple[str, ...]


def behind(question: Question, code: str) -> Behind:
    """Return the figure of the month and ward asked for, measured now.

    Raises:
        NotShown: when no panel shows a measure of this code.
    """
    definition = offered(code)
    if code not in SPANS or definition is None:
        raise NotShown(code)
    spans, decimals = SPANS[code]
    scope, period = MeasureScope(question.ward), spans([question.month])[0]
    figure = definition(scope, period)
    return Behind(
        code,
        definition.title,
        definition.purpose,
        period,
        figure,
        Amount(definition.unit, decimals).text(figure.value if figure else None),
        () if figure else definition.what_lacks(scope, period),
    )
