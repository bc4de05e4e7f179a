"""Cells as Japanese offices write them, turned into values."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import Month, parse_date
from yui.kernel.exchange.errors import Text
from yui.kernel.money import parse_yen, to_decimal

# A lone dash of any kind, and the words that offices write into a cell which has nothing to say.
NOTHING = frozenset({"", "-", "--", "―", "‐", "–", "—", "ー", "−", "─", "なし(-)", "n/a", "#n/a"})
YES = frozenset(
    {"有", "有り", "あり", "○", "◯", "〇", "◎", "はい", "true", "yes", "y", "1", "済", "該当", "レ", "✓", "✔"}
)
NO = frozenset(
    {"無", "無し", "なし", "×", "✕", "✗", "x", "いいえ", "false", "no", "n", "0", "未", "非該当", "不要"}
)
_WHOLE = re.compile(r"[+-]?[0-9]+(\.0+)?\Z")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\ufeff]")


class CellRejected(ValueError):
    """A cell's text is no value of its column.

    Attributes:
        message: what is wrong with it.
        remedy: what to write instead.
    """

    def __init__(self, message: Text, remedy: Text) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def plain_text(cell: str | None) -> str:
    """Return a cell without invisible signs and surrounding white space, its letters untouched."""
    if not cell:
        return ""
    return _INVISIBLE.sub("", cell).replace("\r\n", "\n").strip()


def folded(text: str) -> str:
    """Return the form in which words and codes are compared: NFKC, lower case, no white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def says_nothing(text: str) -> bool:
    """Whether a cell is empty or holds only a dash."""
    return folded(text) in NOTHING


def _remedy_of(parse: Callable[[str], Any], text: str) -> str:
    """Return the advice of ``parse`` on ``text``, in the language in which it is asked for."""
    try:
        parse(text)
    except ValueError as error:
        return getattr(error, "remedy", "")
    return ""


remedy_of = lazy(_remedy_of, str)


def read_int(text: str) -> int:
    """Read a whole number: full-width digits, separators, ``▲``, and ``12.0`` as workbooks write it."""
    try:
        number = to_decimal(text)
    except ValueError as error:
        raise CellRejected(
            format_lazy(_("「{text}」は整数として読めません。"), text=text),
            _("123 のように数字だけで書いてください。"),
        ) from error
    if number != number.to_integral_value():
        raise CellRejected(
            format_lazy(_("「{text}」は整数ではありません。"), text=text),
            _("小数点以下のない数字を書いてください。"),
        )
    return int(number)


def read_decimal(text: str) -> Decimal:
    """Read a number; ``12.5%`` is 0.125, as a workbook holds it."""
    percent = text.rstrip().endswith(("%", "％"))
    try:
        number = to_decimal(text.rstrip()[:-1] if percent else text)
    except ValueError as error:
        raise CellRejected(
            format_lazy(_("「{text}」は数として読めません。"), text=text), remedy_of(to_decimal, text)
        ) from error
    return number / 100 if percent else number


def read_yen(text: str) -> int | None:
    """Read an amount in whole yen."""
    try:
        return parse_yen(text)
    except ValueError as error:
        raise CellRejected(
            format_lazy(_("「{text}」は金額として読めません。"), text=text), remedy_of(parse_yen, text)
        ) from error


def read_date(text: str) -> datetime.date:
    """Read a day, Gregorian or 和暦."""
    try:
        return parse_date(text)
    except ValueError as error:
        raise CellRejected(
            format_lazy(_("「{text}」は日付として読めません。"), text=text), remedy_of(parse_date, text)
        ) from error


def read_month(text: str) -> Month:
    """Read a month, or the month of a day."""
    try:
        return Month.parse(text)
    except ValueError:
        pass
    try:
        return Month.of(parse_date(text))
    except ValueError as error:
        raise CellRejected(
            format_lazy(_("「{text}」は年月として読めません。"), text=text), remedy_of(Month.parse, text)
        ) from error


def read_bool(text: str) -> bool:
    """Read yes or no as offices write it: 有/無, ○/×, はい/いいえ, 1/0."""
    word = folded(text)
    if word in YES:
        return True
    if word in NO:
        return False
    raise CellRejected(
        format_lazy(_("「{text}」は「はい・いいえ」として読めません。"), text=text),
        _("○ か ×、または 有 か 無 を書いてください。"),
    )


def read_choice(text: str, meanings: Mapping[str, str], shown: str) -> str:
    """Return the value that ``text`` means.

    Args:
        text: the cell.
        meanings: value by folded word.
        shown: the words to offer when it is none of them.
    """
    value = meanings.get(folded(text))
    if value is None:
        raise CellRejected(
            format_lazy(_("「{text}」は選択肢にありません。"), text=text),
            format_lazy(_("次のどれかを書いてください: {shown}"), shown=shown),
        )
    return value


def read_code(text: str) -> str:
    """Return a code in half-width letters without white space, and without the ``.0`` of a numeric cell."""
    code = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return code.split(".")[0] if _WHOLE.match(code) and "." in code else code
