"""Reading amounts as people and spreadsheets write them."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from yui.kernel.money.errors import AmountNotUnderstood

_UNITS = {
    "": 1,
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "億": 100_000_000,
    "十億": 1_000_000_000,
    "兆": 1_000_000_000_000,
}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_PIECE = re.compile(rf"(?P<number>{_NUMBER})(?P<unit>十億|十万|百万|千万|[千万億兆])?")
_NO_AMOUNT = frozenset({"", "-", "—", "–"})
_MINUS = dict.fromkeys(map(ord, "▲△▼−‐‑–—―ーｰ"), "-")


def parse_yen(text: str, unit: int = 1) -> int | None:
    """Read an amount of yen; None for an empty cell or a lone dash.

    Understood: full-width characters, ``￥ ¥ 円``, commas by thousands, white space, negatives written with
    ``▲ △ − -`` or in parentheses, and 千円, 百万円, 万, 億, 兆, also combined (``1億2,340万円``). ``unit`` is
    the column's unit in yen (1,000 for 千円) and counts only where the text names none. Raises
    ``AmountNotUnderstood`` for anything else and for fractions of a yen.
    """
    folded = _folded(text)
    if folded in _NO_AMOUNT:
        return None
    sign, digits = _split_sign(folded)
    names_yen = digits.endswith("円")
    amount = _sum_pieces(text, digits.removesuffix("円"), 1 if names_yen else unit)
    if amount != amount.to_integral_value():
        raise AmountNotUnderstood(text, _("1円より小さい端数は使えません。"))
    return sign * int(amount)


def to_decimal(value: str | int | float | Decimal) -> Decimal:
    """Turn a number, or a text as in ``parse_yen`` without units, into an exact ``Decimal``.

    A float counts as the shortest decimal that names it. Raises ``AmountNotUnderstood`` for texts that are no
    number and for what is not finite.
    """
    if isinstance(value, str):
        sign, digits = _split_sign(_folded(value))
        if not re.fullmatch(_NUMBER, digits):
            raise AmountNotUnderstood(value, _("1,234.5 のように数字で書いてください。"))
        return sign * Decimal(digits.replace(",", ""))
    try:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except InvalidOperation as error:
        raise AmountNotUnderstood(str(value)) from error
    if not number.is_finite():
        raise AmountNotUnderstood(str(value))
    return number


def _folded(text: str) -> str:
    """Fold widths, minus signs, Japanese commas and yen signs, and drop white space."""
    plain = unicodedata.normalize("NFKC", text.translate(_MINUS)).translate(_MINUS)
    return re.sub(r"[\s¥\\]+", "", plain).replace("、", ",")


def _split_sign(folded: str) -> tuple[int, str]:
    """Separate a leading minus or surrounding parentheses from the digits."""
    if folded.startswith("(") and folded.endswith(")"):
        return -1, folded[1:-1]
    if folded.startswith(("-", "+")):
        return (-1 if folded[0] == "-" else 1), folded[1:]
    return 1, folded


def _sum_pieces(text: str, digits: str, unit: int) -> Decimal:
    """Add up the number–unit pieces, which must come in falling order of unit."""
    total, position, last_unit = Decimal(0), 0, None
    for found in _PIECE.finditer(digits):
        piece_unit = _UNITS[found["unit"] or ""]
        is_alone = found.start() == 0 and found.end() == len(digits) and not found["unit"]
        if found.start() != position or (last_unit is not None and piece_unit >= last_unit):
            raise AmountNotUnderstood(text)
        total += Decimal(found["number"].replace(",", "")) * (unit if is_alone else piece_unit)
        position, last_unit = found.end(), piece_unit
    if position == 0 or position != len(digits):
        raise AmountNotUnderstood(text)
    return total
