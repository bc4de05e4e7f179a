"""Drawings as pictures, for papers that cannot hold SVG."""

import json
from collections.abc import Sequence
from typing import Any

from yui.kernel.paper.fonts import japanese_fonts

PICTURE_PPI = 144.0
_PICTURES = b"""#let given = json(bytes(sys.inputs.given))
#set text(font: given.fonts)
#set page(width: auto, height: auto, margin: 4pt)
#for (place, svg) in given.drawings.enumerate() {
  if place > 0 { pagebreak() }
  image(bytes(svg), format: "svg", width: 480pt)
}
"""


def pictures_of(drawings: Sequence[str]) -> list[bytes]:
    """Return drawings (SVG) as PNG, the same bytes for the same drawings. One run makes all of them.

    Raises:
        NoJapaneseFont: when the machine has no font for their words.
    """
    if not drawings:
        return []
    # Heavy: most processes never come here.
    import typst

    given = {"fonts": japanese_fonts(), "drawings": list(drawings)}
    made: Any = typst.compile(
        _PICTURES, format="png", ppi=PICTURE_PPI, sys_inputs={"given": json.dumps(given, ensure_ascii=False)}
    )
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]
