"""Rates and rounding with decimals."""

from decimal import ROUND_HALF_UP, Decimal


def percent(numerator: int | Decimal, denominator: int | Decimal) -> Decimal | None:
    """Return 100 × numerator ÷ denominator, unrounded (28 digits); None where the denominator is zero."""
    return Decimal(numerator) * 100 / Decimal(denominator) if denominator else None


def round_half_up(value: Decimal, places: int = 0) -> Decimal:
    """Round to so many decimal places, halves away from zero (四捨五入). Negative places round to tens."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0


def whole_yen(value: Decimal) -> int:
    """Round an amount to whole yen, halves away from zero."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
