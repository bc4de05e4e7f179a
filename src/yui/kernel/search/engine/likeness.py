"""Finds texts like a whole text: its most telling words and pairs of characters, any of which may stand."""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yui.kernel.search.engine.folding import bigrams, fold, presentable, runs
from yui.kernel.search.engine.morphemes import words as words_of
from yui.kernel.search.engine.questions import WORD_WEIGHT, either, in_title_or_body

_LONGEST_TEXT = 8000
_MOST_WORDS = 24
_MOST_PAIRS = 16


@dataclass(frozen=True)
class Gist:
    """What tells a text from others.

    Attributes:
        words: normalised forms of its most telling words, the most telling first.
        pairs: the rarest pairs of its folded characters.
        needles: the words as they stand in the text (folded), to mark in what is found.
    """

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    needles: tuple[str, ...]

    @property
    def forms(self) -> frozenset[str]:
        """Normalised forms to mark where no needle is found."""
        return frozenset(self.words)


def gist(text: str, frequency: Callable[[str, str], int], total: int) -> Gist:
    """Return what tells ``text`` from the documents of the index.

    A word weighs its occurrences times log(1 + N / (1 + n)), the smoothed tf-idf of Manning, Raghavan and
    Schütze, *Introduction to Information Retrieval* (2008), 6.2.2, with log(1 + tf) for tf. Words that no
    document has are left out: they find nothing.

    Args:
        text: title and body as typed; only the first 8,000 characters are read.
        frequency: number of documents that hold a term, by field suffix (``words``, ``grams``) and term.
        total: number of documents.
    """
    text = presentable(text[:_LONGEST_TEXT])
    found = words_of(text)
    words = _most_telling(Counter(word.form for word in found), "words", frequency, total, _MOST_WORDS)
    chosen = set(words)
    needles = {fold(text[word.start : word.end]): None for word in found if word.form in chosen}
    pairs = Counter(pair for run in runs(fold(text)) for pair in bigrams(run))
    return Gist(
        words,
        _most_telling(pairs, "grams", frequency, total, _MOST_PAIRS),
        tuple(needle for needle in needles if len(needle) > 1),
    )


def _most_telling(
    counts: Counter[str], suffix: str, frequency: Callable[[str, str], int], total: int, most: int
) -> tuple[str, ...]:
    weights = {}
    for term, count in counts.items():
        documents = frequency(suffix, term)
        if documents:
            weights[term] = math.log1p(count) * math.log1p(total / (1 + documents))
    return tuple(sorted(weights, key=lambda term: (-weights[term], term))[:most])


def likeness_query(found: Gist) -> Any:
    """Return the query for documents with any of the words or pairs, scored by all that they hold."""
    from tantivy import Query  # loaded on first use, see schema

    return either(
        [
            *(Query.boost_query(in_title_or_body("words", [word]), WORD_WEIGHT) for word in found.words),
            *(in_title_or_body("grams", [pair]) for pair in found.pairs),
        ]
    )
