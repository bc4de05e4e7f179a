"""When a count that adds up reaches its target, at the pace of the window so far.

The events are taken as a Poisson process. The 90 % interval of its rate is Garwood's exact one
(F. Garwood 1936, Biometrika 28, 437-442), its chi-square quantiles by Wilson and Hilferty (1931, PNAS 17,
684-688), which are right to better than 1 % from ten events on.
"""

from dataclasses import dataclass
from math import ceil, sqrt

Z95 = 1.6448536
HORIZON_MONTHS = 120


@dataclass(frozen=True)
class Pace:
    """Events per month, expected and the ends of the 90 % interval."""

    expected: float
    low: float
    high: float

    def after(self, value: float, months: int) -> tuple[float, float, float]:
        """Return (low, expected, high) of a sum that stands at ``value`` now, so many months on."""
        return value + self.low * months, value + self.expected * months, value + self.high * months

    def months_to(self, missing: float) -> tuple[int | None, int | None, int | None]:
        """Return the months (expected, earliest, latest) until ``missing`` more events have come.

        ``None`` where that lies more than ten years ahead.
        """
        return _months(missing, self.expected), _months(missing, self.high), _months(missing, self.low)


def pace(value: float, elapsed: int) -> Pace:
    """Return the pace of ``value`` events in ``elapsed`` months.

    Raises:
        ValueError: for a negative value or no elapsed month.
    """
    if value < 0 or elapsed < 1:
        raise ValueError(f"no pace of {value} events in {elapsed} months")
    low = chi_square(2 * value, -Z95) / 2 if value else 0.0
    high = chi_square(2 * value + 2, Z95) / 2
    return Pace(value / elapsed, low / elapsed, high / elapsed)


def chi_square(degrees: float, z: float) -> float:
    """Return the quantile of the chi-square distribution at the probability of the normal quantile ``z``."""
    spread = 2 / (9 * degrees)
    return degrees * max(0.0, 1 - spread + z * sqrt(spread)) ** 3


def _months(missing: float, rate: float) -> int | None:
    if missing <= 0:
        return 0
    if rate * HORIZON_MONTHS < missing:
        return None
    return ceil(missing / rate - 1e-9)
