"""Figures: a value with its unit, date, change and way down; bars of progress."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yui.kernel.ui.components.icons import icon
from yui.kernel.ui.components.words import date_ja, no_data, status, yen

NOTHING = SafeString("")
YEN_UNITS = frozenset({"yen", "円"})


def figure(
    value: Any,
    unit: str = "",
    label: str = "",
    *,
    as_of: date | datetime | None = None,
    change: Decimal | int | float | None = None,
    change_label: str = "",
    change_unit: str = "",
    target: str = "",
    state: str = "",
    url: str = "",
    note: str = "",
    size: str = "normal",
) -> SafeString:
    """Return one figure with everything a reader needs to trust it.

    ``value`` may be a number (grouped by thousands; with the unit 円 shown in 億 and 万), finished text,
    or ``None`` for no data. ``change`` is the difference to the earlier figure named by ``change_label``.
    ``url`` opens the records behind the figure. ``size`` is "normal" or "large".
    """
    details = [
        format_html(
            '<span class="figure-change">{} {}</span>',
            change_label or _("前月比"),
            signed(change, change_unit),
        )
        if change is not None
        else NOTHING,
        format_html('<span class="figure-target">{} {}</span>', _("目標"), target) if target else NOTHING,
        format_html('<span class="figure-date">{} {}</span>', date_ja(as_of), _("時点"))
        if as_of
        else NOTHING,
        format_html('<span class="figure-note">{}</span>', note) if note else NOTHING,
    ]
    shown = _value_with_unit(value, unit)
    shown = format_html('<a href="{}">{}</a>', url, shown) if url else format_html("<span>{}</span>", shown)
    return format_html(
        '<div class="figure" data-size="{}"><p class="figure-label">{}</p><p class="figure-value">{}{}</p>'
        '<p class="figure-details">{}</p></div>',
        "large" if size == "large" else "normal",
        label,
        shown,
        status(state) if state else NOTHING,
        SafeString("".join(details)),
    )


def number(value: Any) -> str:
    """Return a number grouped by thousands, keeping its decimals; text stays as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def signed(value: Decimal | int | float, unit: str = "") -> SafeString:
    """Return a difference with sign and arrow; never with ▲, which means minus in Japanese accounts."""
    if value == 0:
        return format_html('<span class="change">±0{}</span>', unit)
    rising = value > 0
    return format_html(
        '<span class="change">{}{}{}{}</span>',
        icon("rise" if rising else "fall"),
        "+" if rising else "−",
        number(abs(value)),
        unit,
    )


def progress(
    value: int | float | Decimal | None, maximum: int | float | Decimal = 100, *, label: str = ""
) -> SafeString:
    """Return a bar with its numbers; ``None`` means that the work has begun and its length is unknown."""
    name = label or _("進み具合")
    if value is None:
        return format_html(
            '<div class="progress"><progress aria-label="{}"></progress><span>{}</span></div>',
            name,
            _("処理中"),
        )
    share = round(100 * float(value) / float(maximum)) if maximum else 0
    return format_html(
        '<div class="progress"><progress aria-label="{}" max="{}" value="{}"></progress>'
        '<span>{}<span class="progress-of"> / {}</span> '
        '<span class="progress-share">({}%)</span></span></div>',
        name, str(maximum), str(min(value, maximum)), number(value), number(maximum), share,
    )  # fmt: skip


def _value_with_unit(value: Any, unit: str) -> SafeString:
    if value is None:
        return no_data()
    if unit in YEN_UNITS and isinstance(value, int | Decimal):
        return yen(value)
    suffix = format_html('<span class="unit">{}</span>', unit) if unit else NOTHING
    return format_html('<span class="number">{}</span>{}', number(value), suffix)
