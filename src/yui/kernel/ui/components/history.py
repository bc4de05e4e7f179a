"""The history of a record, as the ledger tells it."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yui.kernel.ui.components.words import date_ja, person


class Told(Protocol):
    """What a ledger entry tells about one change."""

    @property
    def at(self) -> Any:
        """When."""

    @property
    def actor_name(self) -> str:
        """Who."""

    @property
    def summary(self) -> str:
        """What, in a line."""

    @property
    def changes(self) -> Any:
        """Each changed field with its value before and after."""


def history(entries: Iterable[Told]) -> SafeString:
    """Return the changes of a record, in the order given: when, who, what, each value before and after."""
    told = [_entry(entry) for entry in entries]
    if not told:
        return format_html('<p class="quiet">{}</p>', _("変更の記録はまだありません。"))
    return format_html('<ol class="history">{}</ol>', SafeString("".join(told)))


def _entry(entry: Told) -> SafeString:
    changes = format_html_join(
        "",
        '<div><dt>{}</dt><dd>{}<span aria-hidden="true"> → </span>{}</dd></div>',
        (
            (name, _side("del", _("変更前"), _value(pair, 0)), _side("ins", _("変更後"), _value(pair, 1)))
            for name, pair in dict(entry.changes or {}).items()
        ),
    )
    listing = format_html('<dl class="history-changes">{}</dl>', changes) if changes else SafeString("")
    return format_html(
        '<li><p class="history-head"><strong>{}</strong><span>{}</span><span>{}</span></p>{}</li>',
        entry.summary, person(entry.actor_name), date_ja(entry.at), listing,
    )  # fmt: skip


def _side(element: str, spoken: str, value: str) -> SafeString:
    """Return one side of a change; an absent value is not marked as deleted or inserted."""
    if not value:
        return format_html(
            '<span class="quiet"><span class="visually-hidden">{}</span>{}</span>', spoken, _("なし")
        )
    mark = SafeString(element)
    return format_html('<{}><span class="visually-hidden">{}</span>{}</{}>', mark, spoken, value, mark)


def _value(pair: Any, index: int) -> str:
    """Return one side as text; anything but a pair of values is a new value without an old one."""
    before, after = pair if isinstance(pair, list | tuple) and len(pair) == 2 else (None, pair)
    value = after if index else before
    return "" if value is None else str(value)
