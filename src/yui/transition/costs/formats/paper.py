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
PICTURE_PPI = 144.0
_PICTURES = b"""#let given = json(bytes(sys.inputs.given))
#set text(font: given.fonts)
#set page(width: auto, height: auto, margin: 4pt)
#for (place, svg) in given.drawings.enumerate() {
  if place > 0 { pagebreak() }
  image(bytes(svg), format: "svg", width: 480pt)
}
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


def pictures_of(drawings: Sequence[str]) -> list[bytes]:
    """Return drawings (SVG) as PNG, the same bytes for the same drawings. One run makes all of them.

    Raises:
        NoJapaneseFont: when the machine has no font for their words.
    """
    if not drawings:
        return []
    # Heavy: most processes never come here.
    import typst

    given = {"fonts": fonts_among(system_families()), "drawings": list(drawings)}
    made: Any = typst.compile(
        _PICTURES, format="png", ppi=PICTURE_PPI, sys_inputs={"given": json.dumps(given, ensure_ascii=False)}
    )
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]
