"""What a list shows: columns and how their cells are drawn."""

import datetime
import html
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yui.kernel.exchange.export import CellKind, ExportColumn
from yui.kernel.money import format_yen_exact
from yui.kernel.tables.filters import Filter

Text = str | Promise
Draw = Callable[[Any], str]


class Kind(StrEnum):
    """What the cells of a column hold.

    STATUS and BADGE cells hold a ``(code, label)`` pair or a code; PERCENT cells a share (0.125 is 12.5%).
    """

    TEXT = "text"
    NUMBER = "number"
    YEN = "yen"
    PERCENT = "percent"
    DATE = "date"
    DATETIME = "datetime"
    STATUS = "status"
    BADGE = "badge"
    BOOL = "bool"


AT_END = frozenset({Kind.NUMBER, Kind.YEN, Kind.PERCENT})
EXPORT_KINDS = {
    Kind.NUMBER: CellKind.NUMBER,
    Kind.YEN: CellKind.YEN,
    Kind.PERCENT: CellKind.PERCENT,
    Kind.DATE: CellKind.DATE,
}


@dataclass(frozen=True)
class Column:
    """One column of a list.

    Attributes:
        key: name in addresses (sorting, column choice).
        title: heading.
        value: a dotted path (``organisation.name``; None on the way gives None) or a function of the record.
            ``get_<field>_display`` gives a choice's label, read from the field once.
        kind: how the cell is drawn and exported.
        url: address of the cell's link, given the record.
        sort: ORM path by which the list is sorted, None where it cannot be.
        default: whether the column is shown until the reader chooses otherwise.
        filter: a filter that belongs to the column.
        html: draws the cell itself as safe HTML, given the record; ``value`` still serves the export.
        align: ``start`` or ``end``; numbers stand at the end by themselves.
        nowrap: whether the cell stays on one line: names of wards, codes.
    """

    key: str
    title: Text
    value: str | Callable[[Any], Any]
    kind: Kind = Kind.TEXT
    url: Callable[[Any], str | None] | None = None
    sort: str | None = None
    default: bool = True
    filter: Filter | None = None
    html: Callable[[Any], str] | None = None
    align: str = ""
    nowrap: bool = False

    @cached_property
    def get(self) -> Callable[[Any], Any]:
        """The function that takes the value from a record."""
        if callable(self.value):
            return self.value
        return _path_getter(self.value)

    @property
    def at_end(self) -> bool:
        """Whether the cells stand at the end of the line, as numbers do."""
        return self.align == "end" or (not self.align and self.kind in AT_END)

    @property
    def export_column(self) -> ExportColumn:
        """The column as an export shows it."""
        return ExportColumn(self.title, EXPORT_KINDS.get(self.kind, CellKind.TEXT))

    def export_value(self, record: Any) -> Any:
        """Return the plain value for an export."""
        value = self.get(record)
        if self.kind in (Kind.STATUS, Kind.BADGE):
            return str(_code_and_label(value)[1]) if value is not None else None
        if isinstance(value, Promise):
            return str(value)
        return value


def _path_getter(path: str) -> Callable[[Any], Any]:
    """Return a function that follows ``path`` over attributes, stopping at None and calling methods."""
    if path.startswith("get_") and path.endswith("_display"):
        return _label_getter(path.removeprefix("get_").removesuffix("_display"))
    steps = path.split(".")

    def get(record: Any) -> Any:
        value = record
        for step in steps:
            value = getattr(value, step)
            if value is None:
                return None
        return value() if callable(value) else value

    return get


def _label_getter(name: str) -> Callable[[Any], Any]:
    """Return a function that gives the label of a choice, at a fiftieth of Django's cost."""
    labels: dict[tuple[type, str | None], dict[Any, str]] = {}

    def get(record: Any) -> str | None:
        key = (type(record), get_language())
        known = labels.get(key)
        if known is None:
            choices = record._meta.get_field(name).flatchoices
            known = labels[key] = {value: str(label) for value, label in choices}
        value = getattr(record, name)
        return known.get(value, value)

    return get


def choice_of(name: str) -> Callable[[Any], Any]:
    """Return the value of a STATUS or BADGE column: code and label of the choice field ``name``."""
    label = _label_getter(name)

    def get(record: Any) -> tuple[Any, Any]:
        return getattr(record, name), label(record)

    return get


def _code_and_label(value: Any) -> tuple[str, Any]:
    """Return the pair of a status cell; a lone code is its own label."""
    return value if isinstance(value, tuple) else (str(value), value)


def _draw_text(value: Any) -> str:
    # Nearly every cell is a plain string, and conditional_escape takes three times as long for those.
    return html.escape(value) if type(value) is str else conditional_escape(value)


def _draw_number(value: Any) -> str:
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def _draw_yen(value: Any) -> str:
    return format_yen_exact(int(value))


def _draw_percent(value: Any) -> str:
    return f"{value * 100:,.1f}%"


def _draw_date(value: datetime.date) -> str:
    # The era is left out: in a list it would widen every line, and the record's page shows it.
    if (get_language() or "ja").startswith("ja"):
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value:%Y-%m-%d}"


def _draw_datetime(value: datetime.datetime) -> str:
    moment = localtime(value) if is_aware(value) else value
    return f"{_draw_date(moment)} {moment:%H:%M}"


def _draw_badge(value: Any) -> str:
    return f"<span class=chip>{conditional_escape(_code_and_label(value)[1])}</span>"


def _draw_status(value: Any) -> str:
    code, label = _code_and_label(value)
    return (
        f'<span class="status" data-status="{conditional_escape(code)}">'
        f"<span>{conditional_escape(label)}</span></span>"
    )


def _draw_bool(value: Any) -> str:
    return conditional_escape(_("はい") if value else _("いいえ"))


_drawings: dict[Kind, Draw] = {
    Kind.TEXT: _draw_text,
    Kind.NUMBER: _draw_number,
    Kind.YEN: _draw_yen,
    Kind.PERCENT: _draw_percent,
    Kind.DATE: _draw_date,
    Kind.DATETIME: _draw_datetime,
    Kind.STATUS: _draw_status,
    Kind.BADGE: _draw_badge,
    Kind.BOOL: _draw_bool,
}


def register_drawing(kind: Kind, draw: Draw) -> None:
    """Let another room draw the cells of ``kind`` (the component kit its states with their shapes)."""
    _drawings[kind] = draw


def drawing_of(kind: Kind) -> Draw:
    """Return the function that draws a value of ``kind`` as safe HTML."""
    return _drawings[kind]
