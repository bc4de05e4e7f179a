"""The score of 客観的根拠: derived from the evidence attached to all other scores, never typed in."""

from collections.abc import Iterable, Sequence
from enum import IntEnum

LEAST, MOST = 1.0, 5.0
"""Bounds of every score."""


class Strength(IntEnum):
    """How far a kind of evidence carries, weakest first."""

    NONE = 0
    OPINION = 1
    EXAMPLE = 2
    REPORT = 3
    STATISTICS = 4


def strongest(kinds: Iterable[Strength]) -> Strength:
    """Return the strongest of several pieces of evidence; ``NONE`` for no piece."""
    return max(kinds, default=Strength.NONE)


def evidence_score(scores: Sequence[Iterable[Strength]]) -> float:
    """Return the score that an option's evidence earns, 1 to 5.

    One plus the mean, over the option's other scores, of the strength of the best evidence behind each: 5
    where official statistics stand behind every score, 1 where nothing stands behind any.

    Args:
        scores: for each other criterion, the kinds of evidence attached; empty where there is none.
    """
    if not scores:
        return LEAST
    return LEAST + sum(strongest(kinds) for kinds in scores) / len(scores)
