"""Shows why a document was found: the found words marked, everything else escaped."""

from collections.abc import Collection
from dataclasses import dataclass
from html import escape

from yui.kernel.search.engine.folding import fold_with_positions, presentable
from yui.kernel.search.engine.morphemes import Word, words

_MOST_TEXT = 2000
_MOST_ANALYSED = 1000
_SHORT = 120
Span = tuple[int, int]


@dataclass(frozen=True)
class Marks:
    """What is marked in a found text.

    Attributes:
        needles: folded texts, wherever they stand.
        forms: normalised forms of words; like all that follows, looked for in titles, and in long texts where
            no needle stands, because it costs more.
        readings: readings of words, in hiragana.
        mistyped: normalised forms of which words one edit away are marked too.
    """

    needles: Collection[str]
    forms: Collection[str] = ()
    readings: Collection[str] = ()
    mistyped: Collection[str] = ()

    def say(self, word: Word) -> bool:
        """Return whether a word is one to mark."""
        return (
            word.form in self.forms
            or word.reading in self.readings
            or any(is_one_edit_away(word.form, form) for form in self.mistyped)
        )


def is_one_edit_away(one: str, other: str) -> bool:
    """Return whether one character put in, taken out, replaced or swapped with the next makes both equal."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    is_swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return is_swapped or right[1:] in (left, left[1:]) or left[1:] == right


def found_spans(text: str, marks: Marks) -> list[Span]:
    """Return where ``text`` holds what is to be marked, in order and apart."""
    folded, positions = fold_with_positions(text)
    spans: list[Span] = []
    for needle in marks.needles:
        at = folded.find(needle) if needle else -1
        while at >= 0:
            spans.append((positions[at], _end_of(positions, at + len(needle))))
            at = folded.find(needle, at + len(needle))
    has_words = marks.forms or marks.readings or marks.mistyped
    if has_words and (not spans or len(text) <= _SHORT) and len(presentable(text)) == len(text):
        spans += [(word.start, word.end) for word in words(text[:_MOST_ANALYSED]) if marks.say(word)]
    return _merged(spans)


def _end_of(positions: list[int], index: int) -> int:
    """Return the place in the text where the character before folded position ``index`` ends."""
    last = positions[index - 1]
    while index < len(positions) - 1 and positions[index] == last:
        index += 1
    return positions[index]


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _marked(text: str, spans: list[Span], start: int, end: int) -> str:
    """Return ``text[start:end]`` as HTML, with the spans inside it marked."""
    pieces: list[str] = []
    at = start
    for left, right in spans:
        left, right = max(left, start), min(right, end)
        if left < right:
            pieces += [escape(text[at:left]), "<mark>", escape(text[left:right]), "</mark>"]
            at = right
    return "".join([*pieces, escape(text[at:end])])


def marked(text: str, marks: Marks) -> str:
    """Return the whole of a short text as HTML with the found words in ``<mark>``."""
    return _marked(text, found_spans(text, marks), 0, len(text))


def excerpt(text: str, marks: Marks, length: int = 140) -> str:
    """Return about ``length`` characters of ``text`` around most of the found words, as HTML."""
    text = " ".join(text[:_MOST_TEXT].split())
    spans = found_spans(text, marks)
    start = _best_start(spans, length, len(text))
    end = min(len(text), start + length)
    before, after = ("…" if start else ""), ("…" if end < len(text) else "")
    return f"{before}{_marked(text, spans, start, end)}{after}"


def _best_start(spans: list[Span], length: int, total: int) -> int:
    """Return where the window begins that shows most found words, with a little room before the first."""
    if not spans or total <= length:
        return 0
    best = max(
        spans[:40], key=lambda span: sum(1 for other in spans if span[0] <= other[0] < span[0] + length)
    )
    return max(0, min(best[0] - length // 5, total - length))
