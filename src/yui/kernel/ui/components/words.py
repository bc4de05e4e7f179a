"""Words with a shape: states, chips, notices, dates, sums of yen."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yui.kernel.calendar_jp import format_date
from yui.kernel.money import format_yen, format_yen_exact
from yui.kernel.ui.components.icons import icon

STATUS_WORDS: dict[str, Any] = {
    "achieved": gettext_lazy("達成"),
    "on_track": gettext_lazy("順調"),
    "attention": gettext_lazy("注意"),
    "late": gettext_lazy("遅れ"),
    "no_data": gettext_lazy("データなし"),
    "undecided": gettext_lazy("判定不能"),
}
"""The states of a figure; each has its own shape in ``STATUS_SHAPES``."""

STATUS_SHAPES = {
    "achieved": '<circle class="fill" cx="8" cy="8" r="7"/><path class="cut" d="m4.5 8.3 2.4 2.4 4.6-5.2"/>',
    "on_track": '<circle class="ring" cx="8" cy="8" r="6.2"/><path class="stroke" d="M5 9.5 8 6l3 3.5"/>',
    "attention": (
        '<path class="fill" d="M8 .8 15.2 8 8 15.2 .8 8z"/><path class="cut" d="M8 4.6v4M8 10.8v.6"/>'
    ),
    "late": '<path class="fill" d="M8 1.2 15.5 14.5H.5z"/><path class="cut" d="M8 6v4M8 12v.5"/>',
    "no_data": '<circle class="dash" cx="8" cy="8" r="6.2"/><path class="stroke" d="M4 12 12 4"/>',
    "undecided": '<circle class="dash" cx="8" cy="8" r="6.2"/><path class="stroke" d="M5 8h6"/>',
}

NOTICE_ICONS = {"info": "info", "success": "check", "warning": "alert", "error": "alert"}


def status(code: str, label: str = "") -> SafeString:
    """Return a state as shape and word; ``label`` replaces the usual word. Unknown codes read as no data."""
    known = code if code in STATUS_WORDS else "no_data"
    return format_html(
        '<span class="status" data-status="{}"><svg viewBox="0 0 16 16" width="16" height="16" '
        'aria-hidden="true" focusable="false">{}</svg><span>{}</span></span>',
        known,
        SafeString(STATUS_SHAPES[known]),
        label or STATUS_WORDS[known],
    )


def person(name: str) -> str:
    """Return who acted: a person's name as it is; the installation itself (``system:worker``) in a word."""
    return _("Yui(自動)") if name.startswith("system:") else name


def status_cell(value: Any) -> SafeString:
    """Return the state in a table cell: ``value`` is a code, or a code with the word to show."""
    code, label = value if isinstance(value, tuple) else (value, "")
    if label and code not in STATUS_WORDS:
        # A room's own state has words but no shape here; another state's shape would mislead.
        return format_html('<span class="status"><span>{}</span></span>', label)
    return status(str(code), str(label))


def chip(
    label: str, *, url: str = "", remove_url: str = "", current: bool = False, count: int | None = None
) -> SafeString:
    """Return a small label: plain, a filter (``url``), or a filter to take away (``remove_url``)."""
    text = format_html("<span>{}</span>", label)
    if count is not None:
        text = format_html('{}<span class="chip-count">{}</span>', text, f"{count:,}")
    if remove_url:
        return format_html(
            '<a class="chip" data-current href="{}">{}{}<span class="visually-hidden">{}</span></a>',
            remove_url, text, icon("close"), _("この条件を外す"),
        )  # fmt: skip
    if url:
        mark = SafeString(' aria-current="true" data-current') if current else SafeString("")
        return format_html('<a class="chip" href="{}"{}>{}</a>', url, mark, text)
    return format_html('<span class="chip">{}</span>', text)


def notice(content: str, level: str = "info", *, title: str = "") -> SafeString:
    """Return a message to the reader; ``level`` is info, success, warning or error (debug reads as info)."""
    known = level if level in NOTICE_ICONS else "info"
    heading = format_html('<p class="notice-title">{}</p>', title) if title else SafeString("")
    role = SafeString(' role="alert"') if known == "error" else SafeString("")
    return format_html(
        '<div class="notice" data-level="{}"{}>{}<div class="notice-body">{}{}</div></div>',
        known, role, icon(NOTICE_ICONS[known]), heading, content,
    )  # fmt: skip


def yen(value: int | Decimal | None) -> SafeString:
    """Return a sum in 億 and 万 with the exact yen in ``title``; ``None`` reads as no data."""
    if value is None:
        return no_data()
    whole = int(value)
    return format_html(
        '<data class="yen" value="{}" title="{}">{}</data>', whole, format_yen_exact(whole), format_yen(whole)
    )


def date_ja(value: date | datetime | None) -> SafeString:
    """Return 2026年11月23日(令和8年); a moment also shows its time in Tokyo; ``None`` reads as no data."""
    if value is None:
        return no_data()
    if isinstance(value, datetime):
        moment = localtime(value) if is_aware(value) else value
        return format_html(
            '<time datetime="{}">{} {}</time>',
            moment.isoformat(),
            format_date(moment.date()),
            f"{moment:%H:%M}",
        )
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), format_date(value))


def no_data() -> SafeString:
    """Return the words for an absent figure, with the hatching that marks it everywhere."""
    return format_html('<span class="no-data">{}</span>', _("データなし"))
