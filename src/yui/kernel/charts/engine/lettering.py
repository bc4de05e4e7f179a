"""How wide a text will be, where to break it, and how to keep labels from covering each other."""

import unicodedata
from collections.abc import Sequence

NARROW = 0.58
ELLIPSIS = "…"


def width_of(text: str, size: float = 12) -> float:
    """Estimate a text's width in the units of its font size: wide characters are square, others 0.58."""
    wide = sum(unicodedata.east_asian_width(character) in "WFA" for character in text)
    return size * (wide + NARROW * (len(text) - wide))


def shortened(text: str, width: float, size: float = 12) -> str:
    """Return the text, cut with an ellipsis where it would be wider than ``width``."""
    if width_of(text, size) <= width:
        return text
    kept = text
    while kept and width_of(kept + ELLIPSIS, size) > width:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def in_two_lines(text: str, width: float, size: float = 12) -> list[str]:
    """Break a text into one or two lines no wider than ``width``, at a space where one is near."""
    if width_of(text, size) <= width:
        return [text]
    cut = max(1, next(n for n in range(len(text), 0, -1) if n == 1 or width_of(text[:n], size) <= width))
    space = text.rfind(" ", cut // 2, cut + 1)
    cut = space if space > 0 else cut
    return [text[:cut].rstrip(), shortened(text[cut:].lstrip(), width, size)]


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move label positions apart to at least ``gap`` inside [low, high], keeping their order.

    Where they cannot all fit, they are spaced evenly from low to high.
    """
    count = len(places)
    if count < 2:
        return [min(max(place, low), high) for place in places]
    if (count - 1) * gap > high - low:
        gap = (high - low) / (count - 1)
    order = sorted(range(count), key=lambda index: (places[index], index))
    moved = list(places)
    floor = low
    for index in order:
        moved[index] = max(places[index], floor)
        floor = moved[index] + gap
    ceiling = high
    for index in reversed(order):
        moved[index] = min(moved[index], ceiling)
        ceiling = moved[index] - gap
    return moved
