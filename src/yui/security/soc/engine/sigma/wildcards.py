"""Texts with wildcards: ``*`` is any run of characters, ``?`` exactly one, ``\\`` takes the meaning from the
next.
"""

import re
from collections.abc import Callable, Iterator

_SPECIAL = re.compile(r"([*?\\])")


def escape(text: str) -> str:
    """Return a text in which every character stands for itself."""
    return _SPECIAL.sub(r"\\\1", text)


def tokens(pattern: str) -> Iterator[tuple[str, bool]]:
    """Yield the characters of a pattern, each with whether it is a wildcard."""
    taken = False
    for character in pattern:
        if not taken and character == "\\":
            taken = True
            continue
        yield character, not taken and character in "*?"
        taken = False


def pieces(pattern: str) -> list[str]:
    """Return the runs of plain characters between the wildcards."""
    found = [""]
    for character, wild in tokens(pattern):
        if wild:
            found.append("")
        else:
            found[-1] += character
    return [piece for piece in found if piece]


def matcher(pattern: str) -> Callable[[str], bool] | None:
    """Return a test of a whole text against a pattern with ``*`` only; None where it has a ``?``.

    Taking each piece at its first place is enough, since ``*`` takes whatever lies between.
    """
    found: list[str] = [""]
    for character, wild in tokens(pattern):
        if wild and character == "?":
            return None
        if wild:
            found.append("")
        else:
            found[-1] += character
    begin, *between, end = found
    least = len(begin) + len(end)

    def matches(text: str) -> bool:
        if len(text) < least or not text.startswith(begin) or not text.endswith(end):
            return False
        place, last = len(begin), len(text) - len(end)
        for piece in between:
            place = text.find(piece, place, last)
            if place < 0:
                return False
            place += len(piece)
        return True

    return matches


def as_regex(pattern: str) -> str:
    """Return the regular expression (RE2) that a whole text must match."""
    written = []
    for character, wild in tokens(pattern):
        if wild:
            written.append(".*" if character == "*" else ".")
        else:
            written.append(
                character if character.isalnum() or ord(character) > 127 else f"\\x{ord(character):02x}"
            )
    return f"(?s)\\A(?:{''.join(written)})\\z"
