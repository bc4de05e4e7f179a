"""Markdown without its marks: for the search index, for excerpts and mails."""

import re

from markdown_it.token import Token

from yui.kernel.writing.characters import neutralised
from yui.kernel.writing.parsing import LONGEST_TEXT, tokens_of

_BREAKS = frozenset({"softbreak", "hardbreak"})
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain_text(text: str) -> str:
    """Return what a reader reads in ``text``: words, code, the descriptions of images; one line a block."""
    if len(text) > LONGEST_TEXT:
        return neutralised(text)
    lines: list[str] = []
    cells: list[str] | None = None
    for token in tokens_of(text):
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            lines.append(" ".join(filter(None, cells or [])))
            cells = None
        elif token.type in {"fence", "code_block"}:
            lines.append(token.content.rstrip("\n"))
        elif token.type == "inline":
            (lines if cells is None else cells).append(_words(token.children or []))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _words(tokens: list[Token]) -> str:
    """Return the words of one paragraph."""
    parts = []
    for token in tokens:
        if token.type in _BREAKS:
            parts.append("\n")
        elif token.type == "image":
            parts.append(_words(token.children or []))
        elif token.type in {"text", "code_inline", "text_special"}:
            parts.append(token.content)
    return "".join(parts)
