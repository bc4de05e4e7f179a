"""Draws the rows of a list as HTML text: five to ten times faster than a template loop."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yui.kernel.tables.columns import Column, drawing_of

_PLAIN = re.compile(r"[^\s\"'=<>`&]+\Z")
NOTHING = '<span class="missing">—</span>'


def draw_rows(
    columns: Sequence[Column], records: Iterable[Any], row_url: Callable[[Any], str | None] | None
) -> SafeString:
    """Return ``<tr>`` elements. The first cell names the row and holds its link.

    Every value passes ``conditional_escape`` or comes from a drawing function that returns safe HTML. The end
    tags of cells and rows, which HTML lets one leave out, would be a tenth of the page; what holds for a
    whole column stands once in ``body_attributes``.
    """
    first, *rest = columns
    draw_first = _cell_drawer(first, row_url)
    others = [(f"<td{_label(column)}>", _cell_drawer(column, None)) for column in rest]
    opening = f"<tr><th scope=row{_label(first)}>"
    pieces: list[str] = []
    add = pieces.append
    for record in records:
        add(opening)
        add(draw_first(record))
        for start, draw in others:
            add(start)
            add(draw(record))
        add("\n")
    return mark_safe("".join(pieces))  # noqa: S308  every piece was escaped above


def body_attributes(columns: Sequence[Column], *, has_links: bool) -> SafeString:
    """Return the attributes of the table's body: rows that lead somewhere, and the places of columns whose
    cells stand at the end of the line or stay on one line.
    """
    at_end = [str(place) for place, column in enumerate(columns, start=1) if column.at_end]
    unbroken = [
        str(place) for place, column in enumerate(columns, start=1) if column.nowrap and not column.at_end
    ]
    found = [
        " data-row-links" if has_links else "",
        f' data-at-end="{" ".join(at_end)}"' if at_end else "",
        f' data-unbroken="{" ".join(unbroken)}"' if unbroken else "",
    ]
    return mark_safe("".join(found))  # noqa: S308  numbers only


def _label(column: Column) -> str:
    """Return the attribute that names the column in the card view, quoted only where it must be."""
    title = str(column.title)
    return f" data-label={title}" if _PLAIN.match(title) else f' data-label="{escape(title)}"'


def _cell_drawer(column: Column, row_url: Callable[[Any], str | None] | None) -> Callable[[Any], str]:
    """Return the function that draws the inside of one cell."""
    if column.html is not None:
        inside = column.html
    else:
        get, draw = column.get, drawing_of(column.kind)

        def inside(record: Any) -> str:
            value = get(record)
            return NOTHING if value is None or value == "" else draw(value)

    link = row_url or column.url
    if link is None:
        return inside

    def linked(record: Any) -> str:
        address = link(record)
        if not address:
            return inside(record)
        return f'<a href="{conditional_escape(address)}">{inside(record)}</a>'

    return linked


def draw_head(columns: Sequence[Column], sort: str, address: Callable[[str], str]) -> SafeString:
    """Return the heading row; a column that can be sorted holds a link to the other order.

    Args:
        columns: the columns shown.
        sort: the order in use, ``key`` or ``-key``.
        address: the address of the list in a given order.
    """
    cells = []
    for column in columns:
        end = ' class="is-number"' if column.at_end else ""
        title = escape(str(column.title))
        if column.sort is None:
            cells.append(f'<th scope="col"{end}>{title}</th>')
            continue
        is_current = sort.lstrip("-") == column.key
        falls = is_current and sort.startswith("-")
        state = f' aria-sort="{"descending" if falls else "ascending"}"' if is_current else ""
        target = column.key if falls or not is_current else f"-{column.key}"
        hint = conditional_escape(_("%(title)sで並べ替える") % {"title": column.title})
        cells.append(
            f'<th scope="col"{end}{state}><a href="{conditional_escape(address(target))}" title="{hint}">'
            f"{title}</a></th>"
        )
    return mark_safe(f"<tr>{''.join(cells)}</tr>")  # noqa: S308  titles and addresses were escaped above
