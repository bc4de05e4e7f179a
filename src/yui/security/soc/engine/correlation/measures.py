"""What a correlation measures in a window, kept up to date as events enter and leave.

Each measure takes ``add`` and ``remove`` and answers ``value(since)``: the measured number, or whether a
boolean condition holds, for the events since that time. All numbers are exact.
"""

from bisect import bisect_left, insort
from collections import Counter
from fractions import Fraction
from typing import Any, Protocol

from yui.security.soc.engine.correlation.expressions import Expression
from yui.security.soc.engine.correlation.rules import CorrelationRule, CorrelationType, Number

NEVER = -(2**63)


class Measure(Protocol):
    """One measured number of one window."""

    def add(self, time_us: int, position: int, value: Any) -> None:
        """Take in an event: its time, the position of its reference, its value."""

    def remove(self, position: int, value: Any) -> None:
        """Let go of an event."""

    def value(self, since_us: int) -> Number | bool:
        """Return the measured number, or whether a boolean condition holds."""


class EventCount:
    """How many events."""

    __slots__ = ("count",)

    def __init__(self) -> None:
        self.count = 0

    def add(self, time_us: int, position: int, value: Any) -> None:
        """Count one more."""
        self.count += 1

    def remove(self, position: int, value: Any) -> None:
        """Count one less."""
        self.count -= 1

    def value(self, since_us: int) -> Number:
        """Return the number of events."""
        return self.count


class ValueCount:
    """How many distinct values."""

    __slots__ = ("values",)

    def __init__(self) -> None:
        self.values: dict[str, int] = {}

    def add(self, time_us: int, position: int, value: Any) -> None:
        """Count a value."""
        self.values[value] = self.values.get(value, 0) + 1

    def remove(self, position: int, value: Any) -> None:
        """Forget a value with its last event."""
        left = self.values[value] - 1
        if left:
            self.values[value] = left
        else:
            del self.values[value]

    def value(self, since_us: int) -> Number:
        """Return the number of distinct values."""
        return len(self.values)


class Total:
    """The sum of the values, or their mean."""

    __slots__ = ("count", "mean", "total")

    def __init__(self, *, mean: bool) -> None:
        self.mean = mean
        self.count = 0
        self.total: Number = 0

    def add(self, time_us: int, position: int, value: Any) -> None:
        """Add a number."""
        self.count += 1
        self.total += value

    def remove(self, position: int, value: Any) -> None:
        """Take a number away again; exact, so nothing is left over."""
        self.count -= 1
        self.total -= value

    def value(self, since_us: int) -> Number:
        """Return the sum, or the mean."""
        if self.mean and self.count:
            return Fraction(self.total) / self.count
        return self.total


class Quantile:
    """A percentile with linear interpolation between the two nearest values (the median is the 50th).

    Position ``p/100 · (n - 1)`` in the sorted values: definition 7 of Hyndman and Fan (1996), the usual
    ``PERCENTILE_CONT`` of SQL.
    """

    __slots__ = ("share", "values")

    def __init__(self, percentile: Number) -> None:
        self.share = Fraction(percentile) / 100
        self.values: list[Number] = []

    def add(self, time_us: int, position: int, value: Any) -> None:
        """Insert a number in order."""
        insort(self.values, value)

    def remove(self, position: int, value: Any) -> None:
        """Remove one such number."""
        del self.values[bisect_left(self.values, value)]

    def value(self, since_us: int) -> Number:
        """Return the percentile."""
        if not self.values:
            return 0
        place = self.share * (len(self.values) - 1)
        below = place.numerator // place.denominator
        rest = place - below
        if not rest:
            return self.values[below]
        return self.values[below] + rest * (self.values[below + 1] - self.values[below])


class Together:
    """Which referenced rules occur: their number, or whether a boolean condition over them holds."""

    __slots__ = ("expression", "seen")

    def __init__(self, expression: Expression | None) -> None:
        self.expression = expression
        self.seen: Counter[int] = Counter()

    def add(self, time_us: int, position: int, value: Any) -> None:
        """Count a match of a reference."""
        self.seen[position] += 1

    def remove(self, position: int, value: Any) -> None:
        """Forget a reference with its last match."""
        self.seen[position] -= 1
        if not self.seen[position]:
            del self.seen[position]

    def value(self, since_us: int) -> Number | bool:
        """Return how many references occur, or whether the expression holds."""
        if self.expression is None:
            return len(self.seen)
        return self.expression.holds(self.seen.keys())


class LongestInOrder:
    """How many references occur in the rule's order: the longest chain of rising positions in time.

    ``latest[position][length]`` is the latest time at which a chain of that length ending in that reference
    began; a later beginning always serves at least as long, so nothing else has to be kept.
    """

    __slots__ = ("latest",)

    def __init__(self, references: int) -> None:
        self.latest = [[NEVER] * (position + 2) for position in range(references)]

    def add(self, time_us: int, position: int, value: Any) -> None:
        """Extend every chain that may go on with this reference, or begin one."""
        own = self.latest[position]
        own[1] = time_us
        for earlier in self.latest[:position]:
            for length in range(1, len(earlier)):
                own[length + 1] = max(own[length + 1], earlier[length])

    def remove(self, position: int, value: Any) -> None:
        """Keep nothing per event: chains that began too early no longer count."""

    def value(self, since_us: int) -> Number:
        """Return the length of the longest chain that began at or after ``since_us``."""
        return max(
            (
                length
                for ends in self.latest
                for length in range(1, len(ends))
                if ends[length] >= since_us and ends[length] != NEVER
            ),
            default=0,
        )


class TermsInOrder:
    """Whether some alternative of a boolean condition occurs in the rule's order (and nothing it forbids)."""

    __slots__ = ("chains", "seen", "terms")

    def __init__(self, expression: Expression) -> None:
        self.terms = [(sorted(term.present), term.absent) for term in expression.terms]
        self.chains = [[NEVER] * len(present) for present, _absent in self.terms]
        self.seen: Counter[int] = Counter()

    def add(self, time_us: int, position: int, value: Any) -> None:
        """Extend the chain of each alternative that has this reference."""
        self.seen[position] += 1
        for (present, _absent), began in zip(self.terms, self.chains, strict=True):
            if position in present:
                place = present.index(position)
                began[place] = time_us if place == 0 else began[place - 1]

    def remove(self, position: int, value: Any) -> None:
        """Forget a reference with its last match."""
        self.seen[position] -= 1
        if not self.seen[position]:
            del self.seen[position]

    def value(self, since_us: int) -> bool:
        """Return whether an alternative holds with a chain that began at or after ``since_us``."""
        return any(
            (not began or (began[-1] != NEVER and began[-1] >= since_us)) and not (absent & self.seen.keys())
            for (_present, absent), began in zip(self.terms, self.chains, strict=True)
        )


def measure_for(rule: CorrelationRule) -> Measure:
    """Return an empty measure for a rule."""
    match rule.type:
        case CorrelationType.EVENT_COUNT:
            return EventCount()
        case CorrelationType.VALUE_COUNT:
            return ValueCount()
        case CorrelationType.VALUE_SUM:
            return Total(mean=False)
        case CorrelationType.VALUE_AVG:
            return Total(mean=True)
        case CorrelationType.VALUE_MEDIAN | CorrelationType.VALUE_PERCENTILE:
            return Quantile(rule.percentile)
        case CorrelationType.TEMPORAL:
            return Together(rule.expression)
        case CorrelationType.TEMPORAL_ORDERED if rule.expression is not None:
            return TermsInOrder(rule.expression)
        case CorrelationType.TEMPORAL_ORDERED:
            return LongestInOrder(len(rule.references))


def holds(rule: CorrelationRule, value: Number | bool) -> bool:
    """Return whether a measured value satisfies the rule's condition."""
    if rule.expression is not None:
        return bool(value)
    return all(bound.holds(value) for bound in rule.bounds)
