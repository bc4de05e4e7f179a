"""Money: whole yen as ``int``, rates as ``Decimal``, nothing lost on the way."""

from yui.kernel.money.errors import AmountNotUnderstood, WeightsNotUsable
from yui.kernel.money.formatting import format_yen, format_yen_exact
from yui.kernel.money.parsing import parse_yen, to_decimal
from yui.kernel.money.rates import percent, round_half_up, whole_yen
from yui.kernel.money.splitting import Weight, split_largest_remainder

__all__ = [
    "AmountNotUnderstood",
    "Weight",
    "WeightsNotUsable",
    "format_yen",
    "format_yen_exact",
    "parse_yen",
    "percent",
    "round_half_up",
    "split_largest_remainder",
    "to_decimal",
    "whole_yen",
]
