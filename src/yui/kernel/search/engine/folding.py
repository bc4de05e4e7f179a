"""Makes spellings of one word equal: width, case, and hiragana for katakana."""

import re
import unicodedata
from functools import lru_cache
from operator import add

_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_HALF_WIDTH_MARKS = {"ﾞ", "ﾟ"}
_UNSPEAKABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


class _Spaced(dict[int, int]):
    """A translation table that finds out about each character when it first meets it."""

    def __missing__(self, code: int) -> int:
        self[code] = 0x20 if unicodedata.category(chr(code)) in _UNSPEAKABLE else code
        return self[code]


_SPACED = _Spaced()
_RUN = re.compile(r"[^\W_]+(?:ー+[^\W_]*)*")


def presentable(text: str) -> str:
    """Return ``text`` in NFKC with each control, format or unassigned character turned into a space."""
    shown = unicodedata.normalize("NFKC", text).replace("\n", " ")
    # Looking costs a tenth of translating, and most texts hold nothing to translate.
    return shown if shown.isprintable() else shown.translate(_SPACED)


def fold(text: str) -> str:
    """Return the text by which spellings are compared."""
    return presentable(text).casefold().translate(_KATAKANA_TO_HIRAGANA)


@lru_cache(maxsize=8192)
def _fold_cluster(cluster: str) -> str:
    return fold(cluster)


def fold_with_positions(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its characters, where it begins in ``text``.

    One more position, the length of ``text``, closes the list.
    """
    if unicodedata.is_normalized("NFKC", text):
        # Then only case folding can change the length, and it never shortens.
        simple = fold(text)
        if len(simple) == len(text):
            return simple, list(range(len(text) + 1))
    folded: list[str] = []
    positions: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and (text[end] in _HALF_WIDTH_MARKS or unicodedata.combining(text[end])):
            end += 1
        part = _fold_cluster(text[start:end])
        folded.append(part)
        positions.extend([start] * len(part))
        start = end
    positions.append(len(text))
    return "".join(folded), positions


def runs(folded: str) -> list[str]:
    """Return the unbroken runs of letters and digits in a folded text."""
    return _RUN.findall(folded)


def bigrams(run: str) -> list[str]:
    """Return the overlapping pairs of a run; a run of one character has none."""
    return list(map(add, run, run[1:]))
