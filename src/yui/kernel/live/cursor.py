"""How far a page has been told, as the identifier of a server-sent event.

``120`` means: every event up to 120. ``120:123.125`` means: every event up to 120, and 123 and 125. The
second form is needed where several writers commit at once (PostgreSQL): event 122 may become visible
after 123, so an event counts as passed only when it is too old for that.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SHAPE = re.compile(r"\A([0-9]{1,18})(?::([0-9]{1,18}(?:\.[0-9]{1,18}){0,999}))?\Z")


MOST_TOLD = 300


@dataclass(frozen=True)
class Cursor:
    """Every event up to ``base``, and those in ``told``, have been told."""

    base: int
    told: frozenset[int] = frozenset()

    def __str__(self) -> str:
        return f"{self.base}:{'.'.join(map(str, sorted(self.told)))}" if self.told else str(self.base)

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Return what a browser sent as ``Last-Event-ID``; None where it is not ours."""
        match = _SHAPE.match(text)
        if match is None:
            return None
        return cls(
            int(match[1]),
            frozenset(int(number) for number in match[2].split(".")) if match[2] else frozenset(),
        )

    def advanced(self, told: Iterable[int], settled: int) -> "Cursor":
        """Return the cursor after ``told`` were told, when no event up to ``settled`` can appear any more.

        It names at most ``MOST_TOLD`` events, to fit into a header; beyond that, the oldest count as passed.
        """
        base = max(self.base, settled)
        kept = sorted({number for number in (*self.told, *told) if number > base})
        if len(kept) > MOST_TOLD:
            base = kept[-MOST_TOLD - 1]
            kept = kept[-MOST_TOLD:]
        return Cursor(base, frozenset(kept))
