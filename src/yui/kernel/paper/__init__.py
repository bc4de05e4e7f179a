"""What paper needs of the machine: Japanese fonts, and pictures of drawings. No Django."""

from yui.kernel.paper.fonts import (
    JAPANESE_FONTS,
    NoJapaneseFont,
    fonts_among,
    japanese_fonts,
    system_families,
)
from yui.kernel.paper.pictures import pictures_of

__all__ = [
    "JAPANESE_FONTS",
    "NoJapaneseFont",
    "fonts_among",
    "japanese_fonts",
    "pictures_of",
    "system_families",
]
