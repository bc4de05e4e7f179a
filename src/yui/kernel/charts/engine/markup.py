"""Writing SVG and HTML: every text is escaped, every address checked, no inline style.

``Markup`` is text that is safe to put on a page. Only this module makes it, so a type checker sees a name
that was not escaped.
"""

import re
from functools import lru_cache
from html import escape
from typing import NewType

Markup = NewType("Markup", str)
Value = str | int | float | None

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SAFE_URL = re.compile(r"(?:/(?![/\\])|[?#]|https?://)[^\s\\]*")
FONT = "Noto Sans JP, BIZ UDGothic, sans-serif"

# Presentation attributes for paper, where no style sheet is; on screen the classes of charts.css win.
PAINT: dict[str, dict[str, Value]] = {
    "grid": {"fill": "none", "stroke": "#e6e6e6"},
    "axis": {"fill": "none", "stroke": "#767676"},
    "year-mark": {"fill": "none", "stroke": "#b3b3b3"},
    "line": {"fill": "none", "stroke": "currentColor", "stroke-width": 2, "stroke-linejoin": "round"},
    "line-projected": {
        "fill": "none",
        "stroke": "currentColor",
        "stroke-width": 2,
        "stroke-dasharray": "2 4",
    },
    "line-dashed": {
        "fill": "none",
        "stroke": "currentColor",
        "stroke-width": 2,
        "stroke-dasharray": "7 4",
    },
    "line-dotted": {
        "fill": "none",
        "stroke": "currentColor",
        "stroke-width": 2,
        "stroke-dasharray": "1.5 4",
        "stroke-linecap": "round",
    },
    "target": {"fill": "none", "stroke": "#1a1a1a", "stroke-width": 1.5, "stroke-dasharray": "7 4"},
    "fill": {"fill": "currentColor"},
    "soft": {"fill": "currentColor", "fill-opacity": 0.16},
    "edge": {"fill": "none", "stroke": "currentColor", "stroke-width": 1.5},
    "box": {"fill": "#ffffff", "stroke": "currentColor", "stroke-width": 1.25},
    "lane": {"fill": "#f8f8fb", "stroke": "#e6e6e6"},
    "hatch": {"fill": "none", "stroke": "#767676", "stroke-dasharray": "3 3"},
    "label": {"fill": "#333333", "font-size": 12},
    "quiet": {"fill": "#595959", "font-size": 11.5},
    "strong": {"fill": "#1a1a1a", "font-size": 13, "font-weight": 700},
    "series-name": {"fill": "currentColor", "font-size": 12, "font-weight": 700},
    "on-fill": {"fill": "#ffffff", "font-size": 11.5},
}
INKS: dict[str, str] = {
    "series-1": "#0017c1",
    "series-2": "#008299",
    "series-3": "#ac3e00",
    "series-4": "#7096f8",
    "series-5": "#595959",
    "series-6": "#8b6f00",
    "series-7": "#99b8c0",
    "series-8": "#b3b3b3",
    "plain": "#3460fb",
    "marked": "#00118f",
    "muted": "#6b717c",
    "good": "#197a4b",
    "caution": "#927200",
    "bad": "#ce0000",
}
"""Inks are named by what they mean; ``good``, ``caution`` and ``bad`` always stand beside a word."""


def escaped(text: object) -> Markup:
    """Return any value's text as markup; characters that XML cannot hold are dropped."""
    return _escaped(str(text))


@lru_cache(maxsize=4096)
def _escaped(text: str) -> Markup:
    """Escape one text; a drawing repeats its classes and names many times."""
    return Markup(escape(_UNWRITABLE.sub("", text), quote=True))


@lru_cache(maxsize=256)
def _attribute_name(key: str) -> str:
    """Return the name of an attribute: ``class_`` is class, underscores are dashes."""
    return key.rstrip("_").replace("_", "-")


def joined(*parts: Markup) -> Markup:
    """Return the parts one after the other."""
    return Markup("".join(parts))


def element(name: str, *children: Markup, **attributes: Value) -> Markup:
    """Return an element. ``class_`` is the class, underscores become dashes, None leaves an attribute out."""
    written = "".join(
        f' {_attribute_name(key)}="{_number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{written}>{''.join(children)}</{name}>")


def painted(name: str, paint: str, *children: Markup, **attributes: Value) -> Markup:
    """Return an SVG element of a class of ``PAINT``, with the attributes that paper needs."""
    fallback = {key.replace("-", "_"): value for key, value in PAINT[paint].items()}
    return element(name, *children, class_=paint, **(fallback | attributes))


def inked(ink: str, *children: Markup) -> Markup:
    """Return a group whose ``currentColor`` is the ink; ``KeyError`` for an ink that does not exist."""
    return element("g", *children, class_=f"ink-{ink}", color=INKS[ink])


def label(text: object, x: float, y: float, paint: str = "label", anchor: str | None = None) -> Markup:
    """Return a line of text; ``anchor`` is None (start), ``middle`` or ``end``."""
    return painted("text", paint, escaped(text), x=x, y=y, text_anchor=anchor)


def line(x1: float, y1: float, x2: float, y2: float, paint: str) -> Markup:
    """Return a straight line."""
    return painted("line", paint, x1=x1, y1=y1, x2=x2, y2=y2)


def tooltip(text: str) -> Markup:
    """Return what a pointer that rests on the element reads."""
    return element("title", escaped(text))


def safe_url(url: str) -> str:
    """Return the address when it is a path, a query, a fragment or http(s); else an empty text."""
    return url if _SAFE_URL.fullmatch(url) else ""


def linked(url: str, *children: Markup, class_: str | None = None) -> Markup:
    """Return SVG children as a link, or as a plain group where there is no safe address.

    A tooltip as the first child names the whole, to a pointer and to a screen reader.
    """
    address = safe_url(url)
    return element("a" if address else "g", *children, class_=class_, href=address or None)


def drawing(
    kind: str, title: str, description: str, size: tuple[float, float], *body: Markup, has_links: bool = False
) -> Markup:
    """Return the whole ``<svg>``: an image, or a group where its links must stay reachable by keyboard."""
    width, height = size
    return element(
        "svg",
        element("title", escaped(title)),
        element("desc", escaped(description)),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"chart-svg chart-{kind}",
        role="group" if has_links else "img",
        aria_label=title,
        viewBox=f"0 0 {_number(width)} {_number(height)}",
        width=width,
        height=height,
        font_family=FONT,
    )


def _number(value: Value) -> str:
    """Write an attribute: floats with two decimals at most."""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
    return str(value) if isinstance(value, int) else escaped(value)
