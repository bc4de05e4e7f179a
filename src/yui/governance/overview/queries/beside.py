"""One figure in every ward over the same periods: the ward's own line beside those of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from yui.governance.statistics.public import Comparison, compare_lines
from yui.kernel.calendar_jp import Month

Line = tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Beside:
    """The comparison of one figure. ``whole`` is the line of all wards together or of the nation, if any."""

    periods: tuple[Month, ...] | tuple[str, ...]
    comparison: Comparison
    whole: Line = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What the periods are called."""
        return self.comparison.periods

    @property
    def last(self) -> int | None:
        """The place of the last period in which any ward has a value; None where there is none."""
        counted = self.comparison.counted
        return next((place for place in reversed(range(len(counted))) if counted[place]), None)

    @property
    def has_data(self) -> bool:
        """Whether any ward, or the whole, has a value."""
        return self.last is not None or any(value is not None for value in self.whole)


def beside(months: Sequence[Month], values: Mapping[str, Line], own: str | None, whole: Line = ()) -> Beside:
    """Set a ward (its code; None for none) beside all wards over months."""
    nothing = (None,) * len(months)
    comparison = compare_lines([month.label for month in months], values, own, nothing)
    return Beside(tuple(months), comparison, whole)
