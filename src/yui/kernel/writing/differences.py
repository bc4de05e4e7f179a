"""What changed between two versions of a text, by lines (E. Myers, An O(ND) Difference Algorithm, 1986)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_EDITS = 500
"""Changed lines up to which the shortest way is looked for; beyond, the changed part stands whole."""


class DifferenceKind(StrEnum):
    """What became of a line."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class DifferenceLine:
    """One line of a comparison.

    Attributes:
        kind: whether the line stayed, came or went.
        text: the line without its end.
        before: its number in the old text, counted from 1; None for an added line.
        after: its number in the new text, counted from 1; None for a removed line.
    """

    kind: DifferenceKind
    text: str
    before: int | None
    after: int | None


def differences(before: str, after: str) -> tuple[DifferenceLine, ...]:
    """Return the lines of both texts in reading order, each with what became of it.

    The lines that are not added give ``before``, those not removed give ``after``. The time grows with the
    lines times the changes, at most ``MOST_EDITS`` of them.
    """
    old, new = before.splitlines(), after.splitlines()
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    kinds = [
        *[DifferenceKind.SAME] * head,
        *_changes(old[head : len(old) - tail], new[head : len(new) - tail]),
        *[DifferenceKind.SAME] * tail,
    ]
    return tuple(_numbered(kinds, old, new))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines both begin with."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _numbered(kinds: list[DifferenceKind], old: list[str], new: list[str]) -> Iterator[DifferenceLine]:
    """Yield the lines that ``kinds`` walks over."""
    x = y = 0
    for kind in kinds:
        text = new[y] if kind is DifferenceKind.ADDED else old[x]
        x += kind is not DifferenceKind.ADDED
        y += kind is not DifferenceKind.REMOVED
        yield DifferenceLine(
            kind,
            text,
            None if kind is DifferenceKind.ADDED else x,
            None if kind is DifferenceKind.REMOVED else y,
        )


def _changes(old: list[str], new: list[str]) -> list[DifferenceKind]:
    """Return the kinds of lines on the shortest way from ``old`` to ``new``."""
    furthest: dict[int, int] = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(len(old) + len(new), MOST_EDITS) + 1):
        trace.append({k: furthest[k] for k in range(-edits - 1, edits + 2) if k in furthest})
        for k in range(-edits, edits + 1, 2):
            down = k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])
            x = furthest[k + 1] if down else furthest[k - 1] + 1
            while x < len(old) and x - k < len(new) and old[x] == new[x - k]:
                x += 1
            furthest[k] = x
            if x >= len(old) and x - k >= len(new):
                return _way_back(trace, len(old), len(new))
    return [DifferenceKind.REMOVED] * len(old) + [DifferenceKind.ADDED] * len(new)


def _way_back(trace: list[dict[int, int]], x: int, y: int) -> list[DifferenceKind]:
    """Return the way that the search took, from its end to its beginning, turned around."""
    kinds: list[DifferenceKind] = []
    for edits in range(len(trace) - 1, -1, -1):
        furthest, k = trace[edits], x - y
        down = k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])
        from_k = k + 1 if down else k - 1
        from_x = furthest[from_k]
        from_y = from_x - from_k
        start_x, start_y = (max(from_x, 0), max(from_y, 0)) if edits == 0 else (from_x, from_y)
        while x > start_x and y > start_y:
            kinds.append(DifferenceKind.SAME)
            x, y = x - 1, y - 1
        if edits:
            kinds.append(DifferenceKind.ADDED if down else DifferenceKind.REMOVED)
        x, y = from_x, from_y
    return kinds[::-1]
