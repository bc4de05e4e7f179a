"""The one Markdown parser of the house: CommonMark, tables, strikethrough, no raw HTML."""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from yui.kernel.writing.addresses import is_safe_address
from yui.kernel.writing.characters import neutralised
from yui.kernel.writing.japanese_emphasis import JapaneseInline

LONGEST_TEXT = 50_000
"""Characters up to which a text is read as Markdown; a longer one is shown as it was typed."""

DEEPEST_NESTING = 20


@cache
def parser() -> MarkdownIt:
    """Return the parser; it holds no state between texts."""
    markdown = MarkdownIt(
        "commonmark",
        {
            "html": False,
            "linkify": False,
            "typographer": False,
            "breaks": True,
            "maxNesting": DEEPEST_NESTING,
        },
    )
    markdown.enable(["table", "strikethrough"])
    markdown.disable(["html_block", "html_inline"])
    markdown.inline = JapaneseInline(markdown.inline)
    markdown.validateLink = is_safe_address  # type: ignore[assignment,method-assign]
    return markdown


def tokens_of(text: str) -> list[Token]:
    """Return the Markdown tokens of ``text``, control characters taken out."""
    return parser().parse(neutralised(text), {})
