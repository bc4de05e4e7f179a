"""What stands on the page for links, images, mentions and bare addresses of a paragraph."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from markdown_it.token import Token

from yui.kernel.writing.addresses import ATTACHMENT, foreign_host, is_own_path
from yui.kernel.writing.mentions import MENTION

_BARE = re.compile(r"https?://[0-9A-Za-z\[][0-9A-Za-z\-._~:/?#\[\]@!$&'()*+,;=%]{0,1999}")
"""A web address as it stands in a sentence: ASCII only, so that Japanese may follow without a space."""

_ENDS_A_SENTENCE = ".,:;!?'*_~"


@dataclass(frozen=True)
class Addresses:
    """Where attachments and people are found, as the caller of ``render`` answers it."""

    image_url: Callable[[str], str | None] | None
    mention_url: Callable[[str], str | None] | None

    def of_attachment(self, address: str) -> str | None:
        """Return the own path of ``attachment:ID``, else None."""
        if not self.image_url or not ATTACHMENT.match(address):
            return None
        return _own(self.image_url(address))

    def of_person(self, name: str) -> str | None:
        """Return the own path of a person's page, else None."""
        return _own(self.mention_url(name.lower())) if self.mention_url else None


def _own(path: str | None) -> str | None:
    return path if path and is_own_path(path) else None


def drawn_inline(tokens: list[Token], addresses: Addresses) -> list[Token]:
    """Return a paragraph's tokens as they stand on the page."""
    drawn: list[Token] = []
    link: _OpenLink | None = None
    for token in tokens:
        match token.type:
            case "link_open":
                link = _OpenLink.of(token, addresses)
                drawn += link.opened()
            case "link_close":
                drawn += link.closed(token) if link else []
                link = None
            case "image":
                drawn.append(_image(token, addresses))
            case "text" if link is None:
                drawn += _text(token, addresses)
            case _:
                drawn.append(token)
        if link and token.type != "link_open":
            link.words += token.content
    return drawn


@dataclass
class _OpenLink:
    """A link whose words are being read; without ``address`` only its words are shown."""

    token: Token
    address: str | None
    words: str = ""

    @classmethod
    def of(cls, token: Token, addresses: Addresses) -> "_OpenLink":
        address: str | None = str(token.attrs.get("href", ""))
        if address and ATTACHMENT.match(address):
            address = addresses.of_attachment(address)
        return cls(token, address)

    def opened(self) -> list[Token]:
        if not self.address:
            return []
        self.token.attrs = {"href": self.address}
        return [self.token]

    def closed(self, token: Token) -> list[Token]:
        """End the link; a foreign host that its words do not name is named."""
        if not self.address:
            return []
        host = foreign_host(self.address)
        if not host or host in self.words:
            return [token]
        return [_markup(f' <span class="link-host">({escape(host)})</span>'), token]


def _image(token: Token, addresses: Addresses) -> Token:
    """Return the image where its attachment may be seen, else its description."""
    path = addresses.of_attachment(str(token.attrs.get("src", "")))
    if path is None:
        return Token("text", "", 0, content=token.content)
    return _markup(f'<img src="{escape(path)}" alt="{escape(token.content)}" loading="lazy">')


def _text(token: Token, addresses: Addresses) -> list[Token]:
    """Return a run of text with its bare addresses and mentions as links."""
    parts: list[Token] = []
    text, done = token.content, 0
    for match in _BARE.finditer(text):
        address = _without_end_of_sentence(match.group())
        if not foreign_host(address):
            continue
        parts += _mentions(text[done : match.start()], addresses)
        parts.append(_markup(f'<a href="{escape(address)}">{escape(address)}</a>'))
        done = match.start() + len(address)
    return [*parts, *_mentions(text[done:], addresses)]


def _without_end_of_sentence(address: str) -> str:
    """Return the address without the full stop or the bracket that belongs to the sentence around it."""
    address = address.rstrip(_ENDS_A_SENTENCE)
    while address.endswith((")", "]")):
        closing = address[-1]
        if address.count(closing) <= address.count("(" if closing == ")" else "["):
            break
        address = address[:-1].rstrip(_ENDS_A_SENTENCE)
    return address


def _mentions(text: str, addresses: Addresses) -> list[Token]:
    """Return a run of text with the people that it mentions as links."""
    parts: list[Token] = []
    done = 0
    for match in MENTION.finditer(text) if addresses.mention_url else ():
        path = addresses.of_person(match.group(1))
        if path is None:
            continue
        parts.append(Token("text", "", 0, content=text[done : match.start()]))
        parts.append(_markup(f'<a class="mention" href="{escape(path)}">{escape(match.group())}</a>'))
        done = match.end()
    return [*parts, Token("text", "", 0, content=text[done:])]


def _markup(content: str) -> Token:
    """Return our own markup as a token."""
    return Token("html_inline", "", 0, content=content)
