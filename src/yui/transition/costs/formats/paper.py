"""What paper needs of the machine: Japanese fonts, and pictures of drawings."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

JAPANESE_FONTS = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "BIZ UDGothic",
    "BIZ UDPGothic",
    "IPAexGothic",
    "IPAGothic",
)
"""Families that hold every sign of a petition, best first. The web's fonts (WOFF2) do not serve on paper."""
PICTURE_PPI = 160.0
_PICTURE = b"""#let svg = sys.inputs.svg
#set text(font: json(bytes(sys.inputs.fonts)))
#set page(width: auto, height: auto, margin: 4pt)
#image(bytes(svg), format: "svg", width: 480pt)
"""


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


def picture_of(svg: str) -> bytes:
    """Return a drawing as PNG, the same bytes for the same drawing.

    Raises:
        NoJapaneseFont: when the machine has no font for its words.
    """
    # Heavy: most processes never come here.
    import typst

    fonts = json.dumps(fonts_among(system_families()))
    made: Any = typst.compile(
        _PICTURE, format="png", ppi=PICTURE_PPI, sys_inputs={"svg": svg, "fonts": fonts}
    )
    return bytes(made)
