"""Says how close together the words of a question stand in a text."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from math import log1p

WIDTH = 60
"""Characters within which words count as standing together, about a sentence."""
_MOST_TEXT = 4000


def weight_of(documents: int, total: int) -> float:
    """Return what a word tells that ``documents`` of ``total`` hold: the inverse document frequency of BM25.

    Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond* (2009), section 3.
    """
    return log1p((total - documents + 0.5) / (documents + 0.5))


def closeness(text: str, weights: Mapping[str, float]) -> float:
    """Return the largest weight of different words that begin within ``WIDTH`` characters of each other.

    Args:
        text: as the index keeps it; its first 4,000 characters count, upper and lower case are one.
        weights: what each word tells, by the word as it is written (case folded).
    """
    if not weights:
        return 0.0
    places = [
        (each.start(), each[0]) for each in _any_of(tuple(weights)).finditer(text[:_MOST_TEXT].casefold())
    ]
    held: Counter[str] = Counter()
    now = best = 0.0
    first = 0
    for at, word in places:
        if not held[word]:
            now += weights[word]
        held[word] += 1
        while places[first][0] < at - WIDTH:
            left = places[first][1]
            held[left] -= 1
            if not held[left]:
                now -= weights[left]
            first += 1
        best = max(best, now)
    return best


@lru_cache(maxsize=64)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
