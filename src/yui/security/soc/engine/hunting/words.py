"""Cutting a hunt into words and signs."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from yui.security.soc.engine.hunting.errors import HuntNotUnderstood

LONGEST = 4_000
_SIGNS = ("<=", ">=", "!=", "==", "=", "<", ">", "(", ")", "|", ",")
_BARE = re.compile(r"[^\s\"'`()|,=<>!]+")


class Kind(Enum):
    """What a piece of the text is."""

    BARE = "bare"
    QUOTED = "quoted"
    NAME = "name"
    SIGN = "sign"
    END = "end"


class Piece(NamedTuple):
    """A piece of the text and where it begins."""

    kind: Kind
    text: str
    position: int


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of a hunt, an END last.

    ``"…"`` and ``'…'`` are texts in which a backslash stands before a quotation mark or a backslash that is
    part of the text (before anything else it is a plain backslash); ```…``` is the name of a field.

    Raises:
        HuntNotUnderstood: for a text that is too long, a quotation that does not end, an unknown sign.
    """
    if len(text) > LONGEST:
        raise HuntNotUnderstood(
            LONGEST, f"{LONGEST}文字より短くしてください", f"write fewer than {LONGEST} characters"
        )
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif text[at] in "\"'`":
            piece, at = _quoted(text, at)
            yield piece
        elif sign := next((sign for sign in _SIGNS if text.startswith(sign, at)), ""):
            yield Piece(Kind.SIGN, sign, at)
            at += len(sign)
        elif found := _BARE.match(text, at):
            yield Piece(Kind.BARE, found.group(), at)
            at = found.end()
        else:
            raise HuntNotUnderstood(at, f"「{text[at]}」は使えません", f"{text[at]!r} means nothing here")
    yield Piece(Kind.END, "", len(text))


def _quoted(text: str, begin: int) -> tuple[Piece, int]:
    found: list[str] = []
    mark, at = text[begin], begin + 1
    while at < len(text):
        if text[at] == mark:
            kind = Kind.NAME if mark == "`" else Kind.QUOTED
            return Piece(kind, "".join(found), begin), at + 1
        if text[at] == "\\" and mark != "`" and text[at + 1 : at + 2] in (mark, "\\"):
            at += 1
        found.append(text[at])
        at += 1
    raise HuntNotUnderstood(begin, f"{mark} が閉じていません", f"{mark} is never closed")
