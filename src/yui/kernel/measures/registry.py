"""The one spine: every figure that Yui shows is a registered measure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yui.kernel.calendar_jp import Period
from yui.kernel.measures.values import AgreedLevel, Measure, MeasureScope, Unit

Compute = Callable[[MeasureScope, Period], Measure | None]
BulkKey = tuple[MeasureScope, Period]
LevelOf = Callable[[MeasureScope], AgreedLevel | None]
BulkCompute = Callable[[Sequence[MeasureScope], Sequence[Period]], Mapping[BulkKey, Measure]]
Lacking = Callable[[MeasureScope, Period], Sequence[str]]
"""What is missing for a figure, in sentences for the reader; empty where nothing at all is recorded."""


class DuplicateMeasure(Exception):
    """Two functions claim the same code."""


class UnknownMeasure(KeyError):
    """No room offers a measure of this code."""


@dataclass
class MeasureDefinition:
    """A named figure and the functions that work it out from records."""

    code: str
    title: Any
    unit: Unit
    compute: Compute
    purpose: str
    bulk_compute: BulkCompute | None = field(default=None)
    lacking_compute: Lacking | None = field(default=None)
    level_of: LevelOf | None = field(default=None)

    def __call__(self, scope: MeasureScope, period: Period) -> Measure | None:
        """Return the figure of one scope and period, ``None`` when there are no records."""
        return self.compute(scope, period)

    def bulk(self, function: BulkCompute) -> BulkCompute:
        """Use ``function`` where many scopes and periods are wanted at once."""
        self.bulk_compute = function
        return function

    def lacking(self, function: Lacking) -> Lacking:
        """Let ``function`` say what is missing where there is no figure."""
        self.lacking_compute = function
        return function

    def what_lacks(self, scope: MeasureScope, period: Period) -> tuple[str, ...]:
        """Return what is missing for the figure of one scope and period, as far as the room can tell."""
        return tuple(self.lacking_compute(scope, period)) if self.lacking_compute else ()

    def level(self, function: LevelOf) -> LevelOf:
        """Use ``function`` to tell which level the figure of a scope must not exceed."""
        self.level_of = function
        return function

    def agreed_level(self, scope: MeasureScope) -> AgreedLevel | None:
        """Return the level that the figure of ``scope`` must not exceed, ``None`` where none is asked for."""
        return self.level_of(scope) if self.level_of is not None else None

    def many(self, scopes: Sequence[MeasureScope], periods: Sequence[Period]) -> dict[BulkKey, Measure]:
        """Return the figures of every scope in every period; what has no records is left out."""
        if self.bulk_compute is not None:
            return dict(self.bulk_compute(scopes, periods))
        found = {}
        for scope in scopes:
            for period in periods:
                figure = self.compute(scope, period)
                if figure is not None:
                    found[(scope, period)] = figure
        return found


_definitions: dict[str, MeasureDefinition] = {}


def measure(*, code: str, title: Any, unit: Unit) -> Callable[[Compute], MeasureDefinition]:
    """Register a function ``(scope, period) -> Measure | None`` as the measure ``code``.

    Raises:
        DuplicateMeasure: when another function already has the code.
    """

    def decorate(function: Compute) -> MeasureDefinition:
        known = _definitions.get(code)
        if known is not None and known.compute.__qualname__ != function.__qualname__:
            raise DuplicateMeasure(f"{code}: {known.compute.__qualname__} and {function.__qualname__}")
        definition = MeasureDefinition(code, title, unit, function, (function.__doc__ or "").strip())
        _definitions[code] = definition
        return definition

    return decorate


def measures() -> Mapping[str, MeasureDefinition]:
    """Return every registered measure by code."""
    return dict(sorted(_definitions.items()))


def find_measure(code: str) -> MeasureDefinition:
    """Return the measure ``code``.

    Raises:
        UnknownMeasure: when no installed room offers it.
    """
    try:
        return _definitions[code]
    except KeyError:
        raise UnknownMeasure(code) from None
