"""Writing numbers on charts: yen in 万 and 億, everything else grouped by thousands."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from yui.kernel.charts import words
from yui.kernel.charts.engine.scales import Number
from yui.kernel.money import format_yen, round_half_up, to_decimal, whole_yen

YEN = frozenset({"円", "yen"})


def shown(value: Number | None, unit: str = "") -> str:
    """Write a value at a glance with its unit: ``1億2,340万円``, ``1.82%``, ``64件``; None is no data."""
    if value is None:
        return str(words.NO_DATA)
    if unit in YEN:
        return format_yen(whole_yen(to_decimal(value)))
    return f"{_rounded(value)}{unit}"


def exact(value: Number | None) -> str:
    """Write a value for a table, without unit: grouped, up to six decimals; None is no data."""
    if value is None:
        return str(words.NO_DATA)
    return _grouped(round_half_up(to_decimal(value), 6))


def headed(name: object, unit: str) -> str:
    """Write a table heading with its unit: ``経費(円)``."""
    return f"{name}({unit})" if unit else str(name)


@dataclass(frozen=True)
class TickFormat:
    """How the ticks of one axis are written: divided by ``divisor``, the unit named once as ``caption``."""

    divisor: int
    caption: str
    places: int = 0

    @classmethod
    def of(cls, ticks: Sequence[float], unit: str) -> "TickFormat":
        """Choose 円, 万円, 億円 or 兆円 by the largest tick; other units stay as they are."""
        if unit not in YEN:
            return cls(1, unit, _places(ticks, 1))
        largest = max(abs(tick) for tick in ticks)
        for divisor, caption in ((10**12, words.CHO_YEN), (10**8, words.OKU_YEN), (10**4, words.MAN_YEN)):
            if largest >= divisor:
                return cls(divisor, str(caption), _places(ticks, divisor))
        return cls(1, str(words.ONE_YEN), _places(ticks, 1))

    def write(self, tick: float) -> str:
        """Write one tick, with as many decimals as its neighbours."""
        number = round_half_up(to_decimal(tick) / self.divisor, self.places)
        return f"{number:,f}".replace("-", "−") if number else "0"


def _places(ticks: Sequence[float], divisor: int) -> int:
    """Return how many decimals the ticks need, six at most."""
    written = (round_half_up(to_decimal(tick) / divisor, 6).normalize() for tick in ticks)
    return max((max(0, -int(number.as_tuple().exponent)) for number in written), default=0)


def _rounded(value: Number) -> str:
    """Write a value with about three significant figures, whole numbers whole."""
    number = to_decimal(value)
    size = abs(number)
    places = 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= Decimal("0.1") else 4
    return _grouped(round_half_up(number, places))


def _grouped(number: Decimal) -> str:
    """Group by thousands without trailing zeros, with a true minus sign."""
    text = f"{number:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")
