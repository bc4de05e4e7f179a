"""``{% load writing %}``: the filter ``markdown``."""

from django.template import Library
from django.utils.safestring import SafeString

from yui.kernel.writing.plain import plain_text
from yui.kernel.writing.rendering import render

register = Library()


@register.filter("markdown")
def markdown(text: str) -> SafeString:
    """Return Markdown as safe HTML, without images and without links to people."""
    return render(text or "")


@register.filter("plain_text")
def plain(text: str) -> str:
    """Return Markdown as plain words, for excerpts."""
    return plain_text(text or "")
