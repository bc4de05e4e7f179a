"""The second wall: whatever the parser made, only known elements and attributes reach a page."""

import nh3
from django.utils.safestring import SafeString

from yui.kernel.writing.addresses import is_own_path

_TAGS = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "em", "strong", "s", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "img", "div", "span"),
}
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "loading"}, "ol": {"start"}}
_CLASSES = {
    "a": {"mention"},
    "div": {"table-frame"},
    "span": {"link-host"},
    "table": {"table"},
    "td": {"is-number"},
    "th": {"is-number"},
}


def _only_own_images(element: str, attribute: str, value: str) -> str | None:
    """Keep the address of an image only where it is a path of this installation."""
    if element == "img" and attribute == "src" and not is_own_path(value):
        return None
    return value


_cleaner = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    allowed_classes=_CLASSES,
    attribute_filter=_only_own_images,
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener nofollow ugc",
)


def only_known(markup: str) -> SafeString:
    """Return ``markup`` with everything unknown taken out; links vouch for nothing and open no way back."""
    return SafeString(_cleaner.clean(markup).strip())
