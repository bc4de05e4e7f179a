"""Figures as statistical tables write them: separators, full-width digits, △, marks, signs of absence."""

import re
import unicodedata
from collections.abc import Collection
from decimal import ROUND_HALF_EVEN, Context, Decimal

from django.utils.translation import gettext_lazy as _

from yui.governance.statistics.formats.contents import Figure
from yui.kernel.exchange.errors import Text

SIGNS = frozenset(
    {
        "-", "--", "‐", "–", "—", "―", "−", "ー", "*", "**", "***", "x", "χ", "...", "..", "…", "‥", "・",
        "na", "n/a", "n.a.", "#n/a", "nd",
    }
)  # fmt: skip
"""What tables write where there is no figure: nothing of the kind, unknown, or kept secret."""

DIGITS, PLACES = 15, 9
_SPREADSHEET = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN)
_LAST_PLACE = Decimal(1).scaleb(-PLACES)
_WIDE = Context(prec=40, rounding=ROUND_HALF_EVEN)
_NUMBER = re.compile(
    r"(?P<sign>[-+△▲−‐–]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?P<part>\.\d+)?(?P<power>e[+-]?\d{1,2})?%?"
)
_MARK = re.compile(r"\A(?:\(?(?P<before>[rp])\)?)?(?P<figure>.*?)(?:\(?(?P<after>[rp])\)?)?\Z")
_MINUS = frozenset("-△▲−‐–")
LONGEST_SIGN = 8
LONGEST_TEXT = 60


class FigureRejected(ValueError):
    """A text is no figure. ``why`` says so, with what to write."""

    def __init__(self, why: Text) -> None:
        super().__init__(why)
        self.why = why


def read_figure(text: str, signs: Collection[str] = ()) -> Figure | None:
    """Read one figure; None for an empty text.

    Understood are separators by thousands, full-width digits, ``△`` and ``▲`` as minus, a per cent sign at
    the end, the marks ``r`` (revised) and ``p`` (provisional) before or after, and usual signs of absence.
    A fraction is kept as a spreadsheet keeps it: 15 significant digits, nine of them after the point.

    Args:
        text: the cell.
        signs: further signs of absence that the file declares, as written.

    Raises:
        FigureRejected: for anything else.
    """
    written = "".join(unicodedata.normalize("NFKC", text).split())
    if not written:
        return None
    if text.strip() in signs or written.casefold() in SIGNS:
        return Figure(None, text.strip()[:LONGEST_SIGN])
    found = _MARK.match(written.casefold()) if len(written) <= LONGEST_TEXT else None
    # A circled digit or a fraction sign is a number to Unicode, but in a table it is a footnote or a word.
    if found is None or any(unicodedata.category(sign) == "No" for sign in text):
        raise FigureRejected(_("数字として読めません。1,234.5 のように書いてください。"))
    marks = {found["before"], found["after"]}
    return Figure(_number(found["figure"]), "", "p" in marks, "r" in marks)


def _number(written: str) -> Decimal:
    """Return the number that the text is, within what the store keeps exactly."""
    found = _NUMBER.fullmatch(written)
    if found is None or not (found["whole"] or found["part"]):
        raise FigureRejected(_("数字として読めません。1,234.5 のように書いてください。"))
    plain = (found["whole"] or "0").replace(",", "") + (found["part"] or "") + (found["power"] or "")
    value = _WIDE.create_decimal(plain)
    if value == value.to_integral_value() and len(value.normalize(_WIDE).as_tuple().digits) > DIGITS:
        raise FigureRejected(_("桁が多すぎます。15桁までの数字にしてください。"))
    kept = _SPREADSHEET.create_decimal(value)
    if kept.adjusted() >= DIGITS:
        raise FigureRejected(_("桁が多すぎます。15桁までの数字にしてください。"))
    if int(kept.as_tuple().exponent) < -PLACES:
        kept = kept.quantize(_LAST_PLACE, context=_WIDE)
    kept = _written_plainly(kept)
    return -kept if kept and found["sign"] in _MINUS else kept


def _written_plainly(value: Decimal) -> Decimal:
    """Return the same number without an exponent and without zeros at the end of its fraction."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize(_WIDE)
