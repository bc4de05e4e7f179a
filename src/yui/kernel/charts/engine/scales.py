"""From values to positions, with ticks at round numbers."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

Number = int | float | Decimal
SMALLEST_SPAN = 1e-300
"""Below this, powers of ten run out of a float's range: such values count as equal."""


@dataclass(frozen=True)
class Axis:
    """A value axis: its ends, which are ticks themselves, and its ticks in rising order."""

    low: float
    high: float
    ticks: tuple[float, ...]


@dataclass(frozen=True)
class Scale:
    """A straight mapping from values [low, high] to positions [start, end]."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: Number) -> float:
        """Return the position of a value."""
        return self.start + (float(value) - self.low) / (self.high - self.low) * (self.end - self.start)


def nice_step(span: float, count: int = 5) -> float:
    """Return the round step (1, 2 or 5 times a power of ten) that makes about ``count`` parts of a span."""
    raw = span / max(1, count)
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in (1, 2, 5):
        if raw <= factor * power * (1 + 1e-9):
            return factor * power
    return 10 * power


def nice_axis(
    values: Iterable[Number], *, from_zero: bool = True, count: int = 5, whole: bool = False
) -> Axis:
    """Return an axis with round ticks that holds every value (and zero, when asked).

    ``whole`` keeps the ticks at whole numbers: there is no half of what is counted.
    """
    known = [float(value) for value in values]
    if from_zero or not known:
        known.append(0.0)
    low, high = min(known), max(known)
    if high - low < max(abs(low), abs(high)) * 1e-9 or high - low < SMALLEST_SPAN:
        room = abs(high) * 0.1 if abs(high) > SMALLEST_SPAN else 1.0
        low, high = (low, high + room) if from_zero and low >= 0 else (low - room, high + room)
    step = max(nice_step(high - low, count), 1.0 if whole else 0.0)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(_clean(index * step) for index in range(first, max(last, first + 1) + 1))
    return Axis(ticks[0], ticks[-1], ticks)


def _clean(value: float) -> float:
    """Drop the dust of binary arithmetic from a tick."""
    return float(f"{value:.12g}")
