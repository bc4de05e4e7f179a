"""The fonts of the machine that can print Japanese."""

from collections.abc import Sequence
from functools import cache

JAPANESE_FONTS = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "BIZ UDGothic",
    "BIZ UDPGothic",
    "IPAexGothic",
    "IPAGothic",
)
"""Families that hold every sign, best first. The web's fonts (WOFF2) do not serve on paper."""


class NoJapaneseFont(Exception):
    """The machine has no font with Japanese signs, so that no readable paper can be made."""


@cache
def system_families() -> tuple[str, ...]:
    """Return the font families of the machine."""
    # Typst is a large extension module: processes that print nothing start without it.
    import typst

    return tuple(typst.Fonts(include_embedded_fonts=False).families())


def fonts_among(families: Sequence[str]) -> list[str]:
    """Return the usable Japanese families, best first.

    Raises:
        NoJapaneseFont: when there is none.
    """
    known = {family.casefold() for family in families}
    found = [family for family in JAPANESE_FONTS if family.casefold() in known]
    if not found:
        raise NoJapaneseFont
    return found


def japanese_fonts() -> list[str]:
    """Return the usable Japanese families of the machine, best first.

    Raises:
        NoJapaneseFont: when there is none.
    """
    return fonts_among(system_families())
