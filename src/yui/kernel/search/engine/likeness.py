"""Finds what tells a text from others: the terms to ask for where not all can stand in one record."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import log1p

from yui.kernel.search.engine.folding import fold, presentable
from yui.kernel.search.engine.morphemes import words as words_of
from yui.kernel.search.engine.queries import Frequency
from yui.kernel.search.engine.questions import telling_pairs

_LONGEST_TEXT = 8000
_MOST_WORDS, _MOST_PAIRS = 24, 32
_SMALLEST_READING, _LARGEST_READING = 30_000, 60_000
_PART_WITH_SENSE, _FEW_WITH_SENSE = 5, 250


@dataclass(frozen=True)
class Gist:
    """What tells a text from others.

    Attributes:
        words: normalised forms of its most telling words.
        pairs: the most telling pairs of its folded characters.
        senses: for each word the meanings that tell something.
        needles: the words as they stand in the text (folded), to mark in what is found.
    """

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    senses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needles: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Normalised forms to mark where no needle is found."""
        return self.words


def gist(text: str, frequency: Frequency, total: int) -> Gist:
    """Return what tells ``text`` from ``total`` documents; only its first 8,000 characters are read."""
    text = presentable(text[:_LONGEST_TEXT])
    said = words_of(text)
    counts = Counter(word.form for word in said)
    words, pairs = most_telling(_heaviest(counts, frequency, total), telling_pairs(text), frequency, total)
    needles = {fold(text[word.start : word.end]): None for word in said if word.form in words}
    words = with_absent(words, counts, frequency)
    senses = telling_senses(words, {word.form: word.senses for word in said}, frequency, total)
    return Gist(words, pairs, senses, tuple(needle for needle in needles if len(needle) > 1))


def _heaviest(counts: Counter[str], frequency: Frequency, total: int) -> list[str]:
    """Return the words that weigh most by log(1 + tf) · log(1 + N / (1 + df)), those in no document left out.

    Tf-idf with logarithmic term frequency: Manning, Raghavan and Schütze, *Introduction to Information
    Retrieval* (2008), section 6.4.
    """
    weights = {
        word: log1p(count) * log1p(total / (1 + documents))
        for word, count in counts.items()
        if (documents := frequency("words", word))
    }
    return sorted(weights, key=lambda word: -weights[word])[:_MOST_WORDS]


def most_telling(
    words: Sequence[str], pairs: Sequence[str], frequency: Frequency, total: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words and pairs to ask for: the rarest, until a quarter of the documents would be read.

    Common terms cost most and tell least. The rarest one is always taken; terms in no document never.
    A word counts half, because it tells more than a pair. The reading is bounded, so that a question
    takes the same time in a larger index.
    """
    left = min(max(total // 4, _SMALLEST_READING), _LARGEST_READING)
    rated = [(frequency("words", word) / 2, "words", word) for word in words]
    rated += [(float(frequency("grams", pair)), "grams", pair) for pair in pairs]
    taken: dict[str, list[str]] = {"words": [], "grams": []}
    for cost, suffix, term in sorted(rated):
        read = cost * 2 if suffix == "words" else cost
        if not cost or (read > left and (taken["words"] or taken["grams"])):
            continue
        left -= int(read)
        taken[suffix].append(term)
    return tuple(taken["words"][:_MOST_WORDS]), tuple(taken["grams"][:_MOST_PAIRS])


def with_absent(words: Sequence[str], said: Iterable[str], frequency: Frequency) -> tuple[str, ...]:
    """Return ``words`` and those said that no document holds: others of the same meaning may be held."""
    absent = (word for word in said if not frequency("words", word))
    return (*words, *islice(absent, max(0, _MOST_WORDS - len(words))))


def telling_senses(
    words: Sequence[str], senses: Mapping[str, tuple[str, ...]], frequency: Frequency, total: int
) -> dict[str, tuple[str, ...]]:
    """Return the meanings of the words to ask for; what a fifth of the documents holds tells nothing."""
    most = max(total // _PART_WITH_SENSE, _FEW_WITH_SENSE)
    found = {
        word: tuple(sense for sense in senses.get(word, ()) if 0 < frequency("senses", sense) <= most)
        for word in words
    }
    return {word: telling for word, telling in found.items() if telling}
