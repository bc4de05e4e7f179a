"""Parts that hold other parts: panels, facts, tabs, trails, empty states, pages of a list."""

from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yui.kernel.ui.components.icons import icon

NOTHING = SafeString("")


def panel(
    content: str,
    *,
    title: str = "",
    lead: str = "",
    id: str = "",
    level: int = 2,
    url: str = "",
    more: str = "",
) -> SafeString:
    """Return a section with a heading; ``url`` with ``more`` adds a link beside the heading.

    ``level`` is the level of the heading (2 to 4). Without a title the section is a plain group.
    """
    depth = min(max(int(level), 2), 4)
    identity = format_html(' id="{}"', id) if id else NOTHING
    head = NOTHING
    if title:
        link = format_html(
            '<a class="panel-more" href="{}">{}{}</a>', url, more or _("すべて見る"), icon("right")
        )
        head = format_html(
            '<div class="panel-head"><h{} class="panel-title">{}</h{}>{}</div>',
            depth,
            title,
            depth,
            link if url else "",
        )
    intro = format_html('<p class="panel-lead">{}</p>', lead) if lead else NOTHING
    return format_html('<section class="panel"{}>{}{}{}</section>', identity, head, intro, content)


def facts(content: str, *, columns: int = 2) -> SafeString:
    """Return a definition list of ``{% fact %}`` entries in one or two columns."""
    return format_html('<dl class="facts" data-columns="{}">{}</dl>', 1 if columns == 1 else 2, content)


def fact(content: str, label: str, *, wide: bool = False) -> SafeString:
    """Return one entry of a fact list; an empty value shows a dash that is read as 「未入力」."""
    value = content if content.strip() else missing()
    stretch = SafeString(" data-wide") if wide else NOTHING
    return format_html("<div{}><dt>{}</dt><dd>{}</dd></div>", stretch, label, SafeString(value))


def missing() -> SafeString:
    """Return the sign for a value that nobody entered."""
    return format_html(
        '<span class="missing"><span aria-hidden="true">—</span>'
        '<span class="visually-hidden">{}</span></span>',
        _("未入力"),
    )


def tabs(content: str, *, label: str = "") -> SafeString:
    """Return tabs that are pages of their own: links, of which one is the current page."""
    return format_html(
        '<nav class="tabs" aria-label="{}"><ul>{}</ul></nav>', label or _("この記録のページ"), content
    )


def tab(title: str, url: str, *, current: bool, count: int | None = None) -> SafeString:
    """Return one tab; ``count`` shows how many records wait behind it."""
    number = format_html(' <span class="count">{}</span>', f"{count:,}") if count is not None else NOTHING
    mark = SafeString(' aria-current="page"') if current else NOTHING
    return format_html('<li><a href="{}"{}>{}{}</a></li>', url, mark, title, number)


def breadcrumbs(content: str) -> SafeString:
    """Return the trail from the home page to this one."""
    return format_html(
        '<nav class="breadcrumbs" aria-label="{}"><ol><li><a href="/">{}</a></li>{}</ol></nav>',
        _("現在位置"), _("ホーム"), content,
    )  # fmt: skip


def crumb(title: str, url: str = "") -> SafeString:
    """Return one step of a trail; the step without an address is the page itself."""
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, title)
    return format_html('<li><span aria-current="page">{}</span></li>', title)


def empty(title: str, text: str = "", action: str = "", *, url: str = "", help_url: str = "") -> SafeString:
    """Return a state that teaches: what will stand here, the one action that fills it, a handbook page."""
    parts = [
        format_html('<p class="empty-text">{}</p>', text) if text else NOTHING,
        format_html('<a class="button" data-kind="primary" href="{}">{}</a>', url, action)
        if action
        else NOTHING,
        format_html('<a class="empty-help" href="{}">{}</a>', help_url, _("手引きを読む"))
        if help_url
        else NOTHING,
    ]
    return format_html(
        '<div class="empty">{}<p class="empty-title">{}</p>{}</div>',
        icon("empty"), title, format_html_join("", "{}", ((part,) for part in parts)),
    )  # fmt: skip


def pager(page: Page[Any], query: QueryDict, *, parameter: str = "page") -> SafeString:
    """Return links to the other pages of a list, keeping every other condition of ``query``."""
    paginator = page.paginator
    total = format_html(
        '<p class="pager-total">{}</p>',
        _("%(total)s件のうち %(first)s〜%(last)s件")
        % {
            "total": f"{paginator.count:,}",
            "first": f"{page.start_index():,}",
            "last": f"{page.end_index():,}",
        },
    )
    if paginator.num_pages <= 1:
        return format_html('<div class="pager">{}</div>', total)
    steps = [
        _page_step(number, page.number, _address(query, parameter, number))
        for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    before = _page_turn("left", _("前へ"), query, parameter, page.number - 1 if page.has_previous() else None)
    after = _page_turn("right", _("次へ"), query, parameter, page.number + 1 if page.has_next() else None)
    return format_html(
        '<nav class="pager" aria-label="{}">{}<ul>{}{}{}</ul></nav>',
        _("ページの切り替え"), total, before, format_html_join("", "{}", ((s,) for s in steps)), after,
    )  # fmt: skip


def _address(query: QueryDict, parameter: str, number: int | str) -> str:
    changed = query.copy()
    changed[parameter] = str(number)
    return f"?{changed.urlencode()}"


def _page_step(number: int | str, current: int, address: str) -> SafeString:
    if not isinstance(number, int):
        return format_html('<li class="pager-gap" aria-hidden="true">{}</li>', "…")
    mark = SafeString(' aria-current="page"') if number == current else NOTHING
    return format_html(
        '<li><a href="{}"{} aria-label="{}">{}</a></li>',
        address, mark, _("%(number)sページ") % {"number": number}, f"{number:,}",
    )  # fmt: skip


def _page_turn(sign: str, label: str, query: QueryDict, parameter: str, number: int | None) -> SafeString:
    if number is None:
        return NOTHING
    rel = "prev" if sign == "left" else "next"
    words = (icon(sign), label) if sign == "left" else (label, icon(sign))
    return format_html(
        '<li><a href="{}" rel="{}">{}{}</a></li>', _address(query, parameter, number), rel, *words
    )
