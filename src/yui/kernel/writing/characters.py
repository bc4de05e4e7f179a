"""Characters that a written text must not carry to a reader: they change what others see."""

import re

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Unicode's Bidi_Control characters (UAX #9), as the inside of a character class."""

_HARMFUL = re.compile(f"[{BIDI_CONTROLS}\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def neutralised(text: str) -> str:
    """Return ``text`` with one kind of line end, without bidirectional and other control characters.

    Overrides can show "txt.exe" as "exe.txt" and turn a sentence around; Japanese and English need none.
    """
    return _HARMFUL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
