"""Splits what was typed in kana into the readings of words that the records hold."""

from collections.abc import Callable

_LONGEST_READING = 12
_PARTICLES = {"の", "と", "を", "に", "は", "が", "で", "へ", "や", "も"}
_WORD, _SHORT_WORD, _PARTICLE = 1.0, 3.0, 0.5


def split_reading(typed: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the fewest known readings that make up ``typed``, particles between them left out.

    かいごほけん becomes かいご and ほけん. Readings of one character are taken only where nothing else fits.

    Args:
        typed: hiragana and long vowels.
        is_known: whether a record holds a word that is read so.

    Returns:
        Readings in order; empty where ``typed`` is not made of known readings.
    """
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ()), *(None for _ in typed)]
    for start in range(len(typed)):
        so_far = best[start]
        if so_far is None:
            continue
        for end in range(start + 1, min(len(typed), start + _LONGEST_READING) + 1):
            piece = typed[start:end]
            steps = []
            if so_far[1] and end < len(typed) and piece in _PARTICLES:
                steps.append((so_far[0] + _PARTICLE, so_far[1]))
            if is_known(piece):
                cost = _WORD if len(piece) > 1 else _SHORT_WORD
                steps.append((so_far[0] + cost, (*so_far[1], piece)))
            for step in steps:
                known = best[end]
                if known is None or step < known:
                    best[end] = step
    return best[-1][1] if best[-1] else ()
