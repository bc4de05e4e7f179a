"""Works out indicators from the rooms' measures: the live figures, straight from records."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from yui.governance.indicators.engine.judgement import (
    Status,
    judge_ceiling,
    judge_level,
    judge_ratio,
    judge_report,
    judge_sum,
)
from yui.governance.indicators.tree import Direction, Indicator, Window, tree
from yui.kernel.calendar_jp import Month, Period
from yui.kernel.measures.registry import measures
from yui.kernel.measures.values import AgreedLevel, Measure, MeasureScope
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation

HISTORY_MONTHS = 36


@dataclass(frozen=True)
class Figure:
    """One indicator of one scope in one month: the measured value, its history, and how it stands."""

    indicator: Indicator
    scope: MeasureScope
    month: Month
    measure: Measure | None
    status: Status | None
    history: tuple[Decimal | None, ...] = ()

    @property
    def value(self) -> Decimal | None:
        """The measured value; ``None`` means no data, never zero."""
        return self.measure.value if self.measure else None

    @property
    def target(self) -> Decimal | None:
        """The target of this scope."""
        return self.indicator.target_for(joint=self.scope.is_joint)

    @property
    def period(self) -> Period:
        """The span that the value covers."""
        return self.indicator.window.period(self.month)

    @property
    def change(self) -> Decimal | None:
        """The difference from the month before."""
        if self.value is None or len(self.history) < 2 or self.history[-2] is None:
            return None
        return self.value - self.history[-2]

    @property
    def note(self) -> str:
        """What the measure says of its figure; where there is none, what is missing for it."""
        return self.measure.note if self.measure else " ".join(self.lacking)

    @property
    def lacking(self) -> tuple[str, ...]:
        """What is missing where there is no value, in sentences."""
        if self.measure is not None:
            return ()
        return what_lacks(self.indicator, self.scope, self.month)

    def records(self, actor: Actor) -> int:
        """Return how many records behind the value ``actor`` may open."""
        if self.measure is None:
            return 0
        if actor.is_system and self.measure.records is not None:
            return self.measure.records
        return self.measure.evidence.count(actor)


def what_lacks(indicator: Indicator, scope: MeasureScope, month: Month) -> tuple[str, ...]:
    """Return what is missing for an indicator's figure, in sentences; nothing where no room offers it."""
    offered = measures().get(indicator.measure)
    return offered.what_lacks(scope, indicator.window.period(month)) if offered else ()


@cache
def definition_version(indicator: Indicator) -> str:
    """Return a short hash of what the indicator means: it changes when the definition does."""
    return hashlib.sha256(repr(indicator).encode()).hexdigest()[:12]


def joint_scope() -> MeasureScope:
    """Return the scope of all wards together."""
    return MeasureScope(None)


def ward_scopes() -> list[MeasureScope]:
    """Return one scope per active ward, in official order."""
    return [MeasureScope(ward) for ward in Organisation.objects.wards()]


def months_left(indicator: Indicator, month: Month) -> int:
    """Return the months until the indicator is next due: the end of its fiscal year, or three years on."""
    if indicator.window is Window.MONTH and indicator.due:
        return HISTORY_MONTHS
    return len(Month.between(month, month.fiscal_year.months[-1])) - 1


def level_gate(indicator: Indicator, scope: MeasureScope) -> AgreedLevel | None:
    """Return the level that the indicator's measure must not exceed, where its room asks for one."""
    definition = measures().get(indicator.measure)
    return definition.agreed_level(scope) if definition else None


def judge(
    indicator: Indicator,
    scope: MeasureScope,
    month: Month,
    history: Sequence[Decimal | None],
    gate: AgreedLevel | None = None,
) -> Status | None:
    """Return how the last value of ``history`` stands; ``None`` where this scope has no target of its own.

    ``gate`` is the agreed level of a ratio that is to become stable.
    """
    value = history[-1] if history else None
    target = indicator.target_for(joint=scope.is_joint)
    if value is None:
        return Status.NO_DATA
    if indicator.direction is Direction.STABILISE:
        return judge_ratio(history, gate)
    if indicator.direction is Direction.REPORT:
        return judge_report(value)
    if target is None:
        return None
    if indicator.cumulative:
        return judge_sum(value, target, *indicator.window.elapsed(month))
    if indicator.is_ceiling:
        return judge_ceiling(value, target)
    rising = indicator.direction is Direction.AT_LEAST
    return judge_level(history, target, rising=rising, months_left=months_left(indicator, month))


def figures(
    month: Month,
    scopes: Sequence[MeasureScope],
    indicators: Iterable[Indicator] | None = None,
    *,
    history_months: int = HISTORY_MONTHS,
) -> dict[tuple[str, str], Figure]:
    """Measure every indicator and scope as of the end of ``month``, keyed by (indicator code, scope code)."""
    found = figures_of_months([month], scopes, indicators, history_months=history_months)
    return {(figure.indicator.code, figure.scope.code): figure for figure in found}


def figures_of_months(
    months: Sequence[Month],
    scopes: Sequence[MeasureScope],
    indicators: Iterable[Indicator] | None = None,
    *,
    history_months: int = HISTORY_MONTHS,
) -> Iterator[Figure]:
    """Measure every indicator for every scope as of the end of each of ``months``.

    Each measure is asked once for all its scopes and months, however many. An indicator whose room is not
    installed has no data.
    """
    known = measures()
    span = Month.between(min(months).shift(1 - history_months), max(months))
    ends = [month.index - span[0].index + 1 for month in months]
    for indicator in indicators if indicators is not None else tree().indicators:
        definition = known.get(indicator.measure)
        periods = [indicator.window.period(each) for each in span]
        values = definition.many(scopes, periods) if definition else {}
        for scope in scopes:
            line = [values.get((scope, period)) for period in periods]
            whole = [point.value if point else None for point in line]
            gate = definition.agreed_level(scope) if definition else None
            for month, end in zip(months, ends, strict=True):
                history = tuple(whole[end - history_months : end])
                status = judge(indicator, scope, month, history, gate)
                yield Figure(indicator, scope, month, line[end - 1], status, history)
