"""One ward beside the others: its own line, the median and the quartiles of the wards, and the nation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

Value = Decimal | None

DIGITS = 60
"""Digits kept while interpolating: more than stored values and quarters can need, so nothing is rounded."""
LEAST_FOR_QUARTILES = 3


@dataclass(frozen=True)
class Comparison:
    """Lines over the same periods; None stands where there is no value.

    Attributes:
        periods: names of the periods, oldest first.
        own: the ward's own line.
        median: the median of the wards that have a value.
        lower: their first quartile; None where fewer than three wards have a value.
        upper: their third quartile, likewise.
        nation: the nation's line.
        counted: how many wards have a value.
        rank: the ward's place at its last period with a value, 1 for the largest; equal values share a place.
        of: how many wards were ranked there; 0 where the ward has no value.
    """

    periods: tuple[str, ...]
    own: tuple[Value, ...]
    median: tuple[Value, ...]
    lower: tuple[Value, ...]
    upper: tuple[Value, ...]
    nation: tuple[Value, ...]
    counted: tuple[int, ...]
    rank: int | None
    of: int

    @property
    def last_own(self) -> int | None:
        """The index of the last period in which the ward has a value."""
        return max((index for index, value in enumerate(self.own) if value is not None), default=None)


class LinesDiffer(ValueError):
    """A line has more or fewer values than there are periods."""

    def __init__(self, name: str, length: int, periods: int) -> None:
        super().__init__(f"{name}: {length} values for {periods} periods; give None where a value is missing")


def compare_lines(
    periods: Sequence[str],
    values: Mapping[str, Sequence[Value]],
    own: str | None,
    nation: Sequence[Value],
) -> Comparison:
    """Return the lines to draw.

    Args:
        periods: names of the periods, oldest first.
        values: the wards' values by area code; the own ward is one of them, and counts in the median too.
        own: area code of the own ward; None or a code without values gives an own line without values.
        nation: the nation's values.

    Raises:
        LinesDiffer: when a line does not have one value, or None, for each period.
    """
    count = len(periods)
    for name, line in (*values.items(), ("nation", nation)):
        if len(line) != count:
            raise LinesDiffer(name, len(line), count)
    known = [sorted(_known(line[at] for line in values.values())) for at in range(count)]
    quartiles = [_quartiles(each) for each in known]
    own_line: Sequence[Value] = values.get(own, ()) if own else ()
    own_line = own_line or (None,) * count
    at, last = _last(own_line)
    return Comparison(
        periods=tuple(periods),
        own=tuple(own_line),
        median=tuple(each[1] for each in quartiles),
        lower=tuple(each[0] for each in quartiles),
        upper=tuple(each[2] for each in quartiles),
        nation=tuple(nation),
        counted=tuple(len(each) for each in known),
        rank=None if last is None else 1 + sum(value > last for value in known[at]),
        of=0 if last is None else len(known[at]),
    )


def quantile(ordered: Sequence[Decimal], quarters: int) -> Decimal:
    """Return a quantile of sorted values by linear interpolation between them.

    This is type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician
    50 (1996): with n values counted from 0, the value at the place (n − 1) · quarters / 4.

    Args:
        ordered: the values, smallest first; at least one.
        quarters: 1 for the first quartile, 2 for the median, 3 for the third quartile.
    """
    place, rest = divmod((len(ordered) - 1) * quarters, 4)
    if not rest:
        return ordered[place]
    with localcontext() as context:
        context.prec = DIGITS
        return ordered[place] + (ordered[place + 1] - ordered[place]) * rest / 4


def _known(values: Iterable[Value]) -> list[Decimal]:
    return [value for value in values if value is not None]


def _last(line: Sequence[Value]) -> tuple[int, Value]:
    """Return the place and the value of the last period with a value; None where there is none."""
    known = [(at, value) for at, value in enumerate(line) if value is not None]
    return known[-1] if known else (0, None)


def _quartiles(ordered: Sequence[Decimal]) -> tuple[Value, Value, Value]:
    """Return both quartiles around the median, as far as there are values for them."""
    if not ordered:
        return None, None, None
    median = quantile(ordered, 2)
    if len(ordered) < LEAST_FOR_QUARTILES:
        return None, median, None
    return quantile(ordered, 1), median, quantile(ordered, 3)
