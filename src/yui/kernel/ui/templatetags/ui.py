"""``{% load ui %}``: the component tags, thin doors to the functions in ``yui.kernel.ui.components``."""

from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.middleware.csrf import get_token
from django.template import Context, Library, NodeList
from django.template.loader_tags import BlockNode
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from yui.kernel.ui.assets import asset_url
from yui.kernel.ui.components import (
    fields,
    figures,
    history,
    icons,
    markdown_editor,
    preference_choices,
    structure,
    words,
)

register = Library()

register.simple_tag(asset_url, name="asset")
register.simple_tag(icons.icon, name="icon")
register.simple_tag(words.status, name="status")
register.simple_tag(words.chip, name="chip")
register.simple_tag(words.yen, name="yen")
register.simple_tag(words.date_ja, name="date_ja")
register.simple_tag(words.no_data, name="no_data")
register.simple_tag(figures.figure, name="figure")
register.simple_tag(figures.progress, name="progress")
register.simple_tag(figures.signed, name="signed")
register.simple_tag(fields.field, name="field")
register.simple_tag(fields.fields, name="fields")
register.simple_tag(fields.form_errors, name="form_errors")
register.simple_tag(fields.dropzone, name="dropzone")
register.simple_tag(markdown_editor.markdown_editor, name="markdown_editor")
register.filter("number", figures.number)
register.filter("person", words.person)
register.simple_tag(history.history, name="history")
register.simple_tag(structure.empty, name="empty")
register.simple_tag(structure.crumb, name="crumb")
register.simple_block_tag(structure.panel, name="panel")
register.simple_block_tag(structure.facts, name="facts")
register.simple_block_tag(structure.fact, name="fact")
register.simple_block_tag(structure.tabs, name="tabs")
register.simple_block_tag(structure.breadcrumbs, name="breadcrumbs")
register.simple_block_tag(words.notice, name="notice")
register.simple_tag(preference_choices.preference_choices, name="preference_choices")


@register.simple_tag
def button(text: str, **options: Any) -> SafeString:
    """Return a button; ``icon`` names the picture before the words, the rest as ``fields.button``."""
    return fields.button(text, sign=options.pop("icon", ""), **options)


@register.simple_tag(takes_context=True)
def post_button(context: Context, text: str, url: str, **options: Any) -> SafeString:
    """Return a one-button POST form; options other than ``kind`` and ``icon`` are posted as hidden values."""
    look = {"kind": options.pop("kind", "secondary"), "sign": options.pop("icon", "")}
    return fields.post_button(text, url, get_token(context["request"]), **look, **options)


@register.simple_tag(takes_context=True)
def tab(
    context: Context, title: str, url: str, *, count: int | None = None, current: bool | None = None
) -> SafeString:
    """Return a tab; without ``current`` it is current when its address is that of the page shown."""
    here = context.get("current_path") == url if current is None else bool(current)
    return structure.tab(title, url, current=here, count=count)


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Page[Any], parameter: str = "page") -> SafeString:
    """Return the links between the pages of a list, keeping the conditions of the request."""
    request = context.get("request")
    return structure.pager(page, request.GET if request else QueryDict(), parameter=parameter)


@register.simple_tag(takes_context=True)
def repeat_block(context: Context, name: str) -> str:
    """Return the content of block ``name`` once more, as the deepest template wrote it."""
    return BlockNode(name, NodeList()).render(context).strip()


@register.simple_tag
def named_url(name: str) -> str:
    """Return the address called ``name``, or nothing where this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
