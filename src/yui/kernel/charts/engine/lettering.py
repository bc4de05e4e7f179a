"""How wide a text will be, where to break it, and how to keep labels from covering each other."""

import unicodedata
from collections.abc import Sequence

NARROW = 0.58
ELLIPSIS = "…"
# What must not begin or end a line (JIS X 4051).
NOT_FIRST = frozenset(")）」』】、。・ーァィゥェォッャュョぁぃぅぇぉっゃゅょ,.%")
NOT_LAST = frozenset("(（「『【")


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
    """Break a text into one or two lines no wider than ``width``, where the break reads best.

    A text too long for two lines fills the first and is cut in the second.
    """
    if width_of(text, size) <= width:
        return [text]
    cuts = [cut for cut in range(1, len(text)) if width_of(text[:cut].rstrip(), size) <= width] or [1]
    fitting = [cut for cut in cuts if width_of(text[cut:].lstrip(), size) <= width]
    cut = min(fitting, key=lambda cut: _roughness(text, cut)) if fitting else cuts[-1]
    return [text[:cut].rstrip(), shortened(text[cut:].lstrip(), width, size)]


def in_lines(text: str, width: float, most: int, size: float = 12) -> list[str]:
    """Break a text into at most ``most`` lines no wider than ``width``; what is left over is cut.

    Words of Latin letters stay whole where they fit, and no line begins or ends with a sign that must not.
    """
    lines: list[str] = []
    rest = text.strip()
    while len(lines) < most - 1 and width_of(rest, size) > width:
        widest = max([cut for cut in range(1, len(rest)) if width_of(rest[:cut], size) <= width], default=1)
        cut = next((cut for cut in range(widest, 0, -1) if _may_break(rest, cut)), widest)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*lines, shortened(rest, width, size)] if rest else lines


def _may_break(text: str, cut: int) -> bool:
    """Tell whether a line may end before the character at ``cut``."""
    before, after = text[cut - 1], text[cut]
    if after in NOT_FIRST or before in NOT_LAST:
        return False
    return not (before.isascii() and after.isascii() and before.isalnum() and after.isalnum())


def _roughness(text: str, cut: int) -> float:
    """Return how badly a break reads: uneven halves, and no word's border between them."""
    before, after = text[cut - 1], text[cut]
    unevenness = abs(width_of(text[:cut], 1) - width_of(text[cut:], 1))
    if after in NOT_FIRST or before in NOT_LAST:
        return unevenness + 100
    is_border = before in " ・、)）" or after in " (（" or _script(before) != _script(after)
    return unevenness + (0 if is_border else 6)


def _script(character: str) -> str:
    """Return the script of a character by its Unicode name: CJK, KATAKANA, HIRAGANA, LATIN …"""
    return unicodedata.name(character, "?").split("-")[0].split(" ")[0]


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
