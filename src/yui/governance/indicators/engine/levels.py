"""Where a value stands between the lowest and the highest, in five equal steps."""

from decimal import Decimal

LEVELS = 5


def level_of(value: Decimal | None, low: Decimal, high: Decimal) -> int | None:
    """Return 0 (lowest fifth of the range) to 4 (highest); ``None`` for no data, 2 if all are alike."""
    if value is None:
        return None
    if high == low:
        return LEVELS // 2
    return min(LEVELS - 1, int((value - low) / (high - low) * LEVELS))
