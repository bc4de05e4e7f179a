"""How cells of the registry's lists are drawn where the plain drawing would break a short word in two."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.html import format_html

from yui.kernel.tables.columns import Column


def unbroken(column: Column) -> Column:
    """Return the column with cells that stay on one line: names of wards, codes."""
    return replace(column, html=_drawing(column.get))


def _drawing(get: Callable[[Any], Any]) -> Callable[[Any], str]:
    def draw(record: Any) -> str:
        value = get(record)
        return format_html('<span class="is-nowrap">{}</span>', value if value not in (None, "") else "—")

    return draw
