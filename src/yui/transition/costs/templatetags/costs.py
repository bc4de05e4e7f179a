"""The room's own navigation, and cells of its tables of yen."""

from collections.abc import Iterable

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import Month
from yui.kernel.ui.components.structure import tab, tabs
from yui.kernel.ui.components.words import yen
from yui.transition.costs.queries.overview import Figure
from yui.transition.costs.sections import SECTIONS, Section

register = template.Library()
NO_BILL = SafeString('<span class="missing">—</span>')


@register.simple_tag(takes_context=True)
def costs_sections(context: Context) -> SafeString:
    """Return the tabs of the sections, and below them the pages of the open one where it has several."""
    path = str(context.get("current_path", ""))
    is_open = _section_at(path)
    firsts = [
        (tab(str(section.title), reverse(section.pages[0].name), current=section is is_open),)
        for section in SECTIONS
    ]
    drawn = tabs(format_html_join("", "{}", firsts), label=_("運用コストのページ"))
    if is_open is None or len(is_open.pages) == 1:
        return drawn
    pages = [
        (tab(str(page.title), reverse(page.name), current=path == reverse(page.name)),)
        for page in is_open.pages
    ]
    return drawn + tabs(format_html_join("", "{}", pages), label=str(is_open.title))


@register.simple_tag
def yen_cell(figure: Figure | None) -> SafeString:
    """Return an amount in yen, a dash without any bill, or the rates that are missing."""
    if figure is None:
        return NO_BILL
    if figure.yen is None:
        return format_html('<span title="{}">{}</span>', ", ".join(figure.missing), _("レートなし"))
    return yen(figure.yen)


@register.simple_tag
def month_cells(cells: Iterable[tuple[Month, Figure | None, str]]) -> SafeString:
    """Return the table cells of (month, figure, address of what stands behind it).

    A page has hundreds of them, and an included template for each takes most of its time.
    """
    return format_html_join(
        "",
        '<td class="is-number" data-label="{}">{}</td>',
        (
            (month, format_html('<a href="{}">{}</a>', url, yen_cell(figure)) if url else yen_cell(figure))
            for month, figure, url in cells
        ),
    )


def _section_at(path: str) -> Section | None:
    """Return the section whose page has the longest address that ``path`` begins with."""
    found = [
        (len(address), section)
        for section in SECTIONS
        for page in section.pages
        if path.startswith(address := reverse(page.name))
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None
