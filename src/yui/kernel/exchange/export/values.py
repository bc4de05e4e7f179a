"""What a cell of an export holds."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from yui.kernel.exchange.errors import Text

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?%?\Z")


class CellKind(StrEnum):
    """How a column of a workbook is shown."""

    TEXT = "text"
    NUMBER = "number"
    YEN = "yen"
    PERCENT = "percent"
    DATE = "date"


@dataclass(frozen=True)
class ExportColumn:
    """One column of a sheet: its heading, how its values are shown, and its width in characters."""

    title: Text
    kind: CellKind = CellKind.TEXT
    width: int | None = None


def demonstration_line() -> str:
    """Return the sentence that marks an export as made up, or nothing where the data is real."""
    if not settings.IS_DEMONSTRATION:
        return ""
    return _("架空データ:この表の値は説明のためにつくったもので、実在の区の値ではありません。")


def as_text(value: Any) -> str:
    """Return a value as a CSV shows it: ISO dates, Tokyo time, plain numbers, nothing as empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, datetime.datetime):
        moment = localtime(value) if is_aware(value) else value
        return f"{moment:%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def harmless(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula.

    A text that begins with a sign of a formula gets an apostrophe before it, unless it is simply a number
    such as ``-1,200`` or a lone dash. White space before the sign does not hide it.
    """
    if len(text) < 2:
        return text
    first = text if text[0] in "\t\r" else text.lstrip()
    if first.startswith(FORMULA_SIGNS) and not _NUMBER.match(text):
        return "'" + text
    return text
