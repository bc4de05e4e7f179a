"""HTML of other forums to Markdown, for imports."""

from html.parser import HTMLParser

import nh3

from yui.kernel.writing.characters import neutralised

LONGEST_HTML = 1_000_000
"""Characters of HTML up to which its structure is kept; of a longer page only the words are."""

DEEPEST_HTML = 60
"""Elements inside each other up to which the structure is kept."""

_TAGS = {
    *(
        "p",
        "br",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "em",
        "i",
        "strong",
        "b",
        "s",
        "del",
        "code",
        "pre",
    ),
    *("blockquote", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "div", "span", "img"),
}
_VOID = frozenset({"br", "hr", "img"})
_SILENT = frozenset({"script", "style", "template", "noscript", "title"})
_LINES = frozenset(
    {"p", "br", "hr", "div", "li", "tr", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
)


class _Depth(HTMLParser):
    """Measures how deep elements stand inside each other."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in _VOID


class _Words(HTMLParser):
    """Collects the words of a page, one line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in _SILENT
        if tag in _LINES:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def markdown_of(html: str) -> str:
    """Return a forum's HTML as Markdown; scripts, styles and embedded things are left out.

    Images become their descriptions: what they show is not here. HTML that is too long or too deep to be a
    person's writing comes back as its words.
    """
    if len(html) > LONGEST_HTML:
        return _words_of(html)
    known = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "img": {"alt"}},
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    measure = _Depth()
    measure.feed(known)
    if measure.deepest > DEEPEST_HTML:
        return _words_of(known)
    # Heavy, and wanted by imports of other forums only.
    from markdownify import ATX, MarkdownConverter

    written = MarkdownConverter(
        heading_style=ATX, bullets="-", keep_inline_images_in=[], escape_misc=True, strip_document="strip"
    ).convert(known)
    return neutralised(written).strip()


def _words_of(html: str) -> str:
    """Return the words of a page without its structure."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = (line.strip() for line in "".join(reader.parts).splitlines())
    return neutralised("\n".join(line for line in lines if line))
