"""Markdown to HTML that is safe to put on any page of Yui."""

import html
from collections.abc import Callable

from django.utils.safestring import SafeString
from markdown_it.token import Token

from yui.kernel.writing.characters import neutralised
from yui.kernel.writing.inline_parts import Addresses, drawn_inline
from yui.kernel.writing.parsing import LONGEST_TEXT, parser, tokens_of
from yui.kernel.writing.second_wall import only_known

HEADINGS_BELOW = 2
"""A page has its own h1 and h2; a text's first heading is an h3."""

_TASKS = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}


def render(
    text: str,
    *,
    image_url: Callable[[str], str | None] | None = None,
    mention_url: Callable[[str], str | None] | None = None,
) -> SafeString:
    """Return ``text`` as HTML: CommonMark, tables, strikethrough, tasks, bare web addresses as links.

    Raw HTML is shown as typed. Links lead to the web, to mail or to own paths; a foreign link shows its host.
    Headings begin at h3, line ends stay line ends. A text over ``LONGEST_TEXT`` is shown as typed.

    Args:
        text: what somebody wrote, from anywhere.
        image_url: answers ``attachment:ID`` with an own path, or None where the reader may not see it;
            without it, and for every other image, the description is shown in the image's place.
        mention_url: answers a sign-in id (small letters) with an own path, or None for nobody.
    """
    if len(text) > LONGEST_TEXT:
        return SafeString(f"<pre>{html.escape(neutralised(text))}</pre>")
    addresses = Addresses(image_url, mention_url)
    tokens = [part for token in _with_tasks(tokens_of(text)) for part in _block(token, addresses)]
    markdown = parser()
    return only_known(markdown.renderer.render(tokens, markdown.options, {}))


def _block(token: Token, addresses: Addresses) -> list[Token]:
    """Return what stands on the page for one token of the block structure."""
    match token.type:
        case "heading_open" | "heading_close":
            token.tag = f"h{min(int(token.tag[1:]) + HEADINGS_BELOW, 6)}"
        case "fence":
            token.info = ""
        case "inline":
            token.children = drawn_inline(token.children or [], addresses)
        case "table_open":
            token.attrs = {"class": "table"}
            return [_markup('<div class="table-frame">'), token]
        case "table_close":
            return [token, _markup("</div>")]
        case "th_open" | "td_open":
            is_right = "right" in str(token.attrs.get("style", ""))
            token.attrs = {"class": "is-number"} if is_right else {}
    return [token]


def _with_tasks(tokens: list[Token]) -> list[Token]:
    """Turn ``[ ]`` and ``[x]`` at the beginning of list items into signs that read aloud."""
    for item, paragraph, words in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if item.type != "list_item_open" or paragraph.type != "paragraph_open" or not words.children:
            continue
        first = words.children[0]
        if first.type == "text" and first.content[:4] in _TASKS:
            first.content = _TASKS[first.content[:4]] + first.content[4:]
    return tokens


def _markup(content: str) -> Token:
    """Return our own markup as a token."""
    return Token("html_block", "", 0, content=content)
