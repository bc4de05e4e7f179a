"""A Sigma correlation rule as the engine runs it: references resolved, fields named per reference."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from yui.security.soc.engine.correlation.expressions import Expression

Number = int | Fraction


class CorrelationType(StrEnum):
    """What a correlation measures in its window (Sigma correlation rules 2.0; ``value_*``: pySigma 2)."""

    EVENT_COUNT = "event_count"
    VALUE_COUNT = "value_count"
    TEMPORAL = "temporal"
    TEMPORAL_ORDERED = "temporal_ordered"
    VALUE_SUM = "value_sum"
    VALUE_AVG = "value_avg"
    VALUE_MEDIAN = "value_median"
    VALUE_PERCENTILE = "value_percentile"


TEMPORAL_TYPES = frozenset({CorrelationType.TEMPORAL, CorrelationType.TEMPORAL_ORDERED})
NUMERIC_TYPES = frozenset(
    {
        CorrelationType.VALUE_SUM,
        CorrelationType.VALUE_AVG,
        CorrelationType.VALUE_MEDIAN,
        CorrelationType.VALUE_PERCENTILE,
    }
)


class Operator(StrEnum):
    """How the measured value compares with the rule's number."""

    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    EQ = "eq"
    NEQ = "neq"


_COMPARE: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.GT: operator.gt,
    Operator.GTE: operator.ge,
    Operator.LT: operator.lt,
    Operator.LTE: operator.le,
    Operator.EQ: operator.eq,
    Operator.NEQ: operator.ne,
}


class Bound(NamedTuple):
    """One criterion of a condition; all of a rule must hold (``gt: 100`` with ``lte: 200`` is a range)."""

    operator: Operator
    number: Number

    def holds(self, value: Number) -> bool:
        """Return whether a measured value satisfies the criterion; exact, no rounding."""
        return _COMPARE[self.operator](value, self.number)


class Reference(NamedTuple):
    """One rule whose matches a correlation reads.

    Attributes:
        rule_id: id of a detection rule or of another correlation.
        group_fields: the event's field for each place of the rule's ``group_by``; aliases are resolved.
        value_fields: the event's fields that make up the measured value; empty where only events count.
    """

    rule_id: str
    group_fields: tuple[str, ...]
    value_fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class CorrelationRule:
    """One correlation rule, ready to run.

    Attributes:
        identifier: its id; where it has none, its name, else a hash of its text.
        references: in the order of the rule's ``rules``, which is the order ``temporal_ordered`` asks for.
        group_by: names as the rule spells them (field or alias); empty means one group per ward.
        timespan_us: length of a window in microseconds; both ends belong to it.
        bounds: what the measured value must satisfy; empty with an ``expression``.
        expression: boolean condition over references (temporal types only).
        percentile: 0–100, of ``value_percentile``.
        generate: whether the referenced rules also alert on their own.
        quiet: whether other correlations read this one and none of them says ``generate: true``:
            it feeds them and shows no alert of its own.
        notes: what was normalised while reading, in Japanese and English.
    """

    identifier: str
    title: str
    type: CorrelationType
    references: tuple[Reference, ...]
    group_by: tuple[str, ...]
    timespan_us: int
    bounds: tuple[Bound, ...] = ()
    expression: Expression | None = None
    percentile: Number = 50
    generate: bool = False
    quiet: bool = False
    name: str = ""
    level: str = ""
    status: str = ""
    author: str = ""
    licence: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def waits_for_the_window(self) -> bool:
        """Whether more events could make the condition false again: only a complete window decides."""
        if self.expression is not None:
            return self.expression.negates
        return any(bound.operator not in {Operator.GT, Operator.GTE} for bound in self.bounds)
