"""穴: what is missing in a logic model."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from yui.governance.challenges.engine.columns import Column


class GapKind(StrEnum):
    """What may be missing, in the order in which it is told."""

    UNANSWERED = "unanswered"
    """A challenge that no initiative answers."""
    UNFOUNDED = "unfounded"
    """A challenge without evidence."""
    ANSWERS_NOTHING = "answers_nothing"
    """An initiative that answers no challenge."""
    MOVES_NOTHING = "moves_nothing"
    """An initiative without an indicator that it moves."""
    UNMOVED = "unmoved"
    """An indicator that nothing moves."""
    LEADS_NOWHERE = "leads_nowhere"
    """An indicator below the KGI that leads to no other."""
    NO_DATA = "no_data"
    """An indicator without data."""
    UNSUPPORTED = "unsupported"
    """An arrow without evidence."""


@dataclass(frozen=True)
class Part:
    """One thing of a logic model.

    ``is_founded``: whether evidence stands behind a challenge; ``has_data``: whether an indicator has one.
    """

    key: str
    column: Column
    is_founded: bool = True
    has_data: bool = True


@dataclass(frozen=True)
class Arrow:
    """One arrow; ``weight`` is 0 where it stands on no evidence, up to 4 for statistics."""

    source: str
    target: str
    weight: int = 0


@dataclass(frozen=True)
class Hole:
    """Something missing: of a part (its key), or of an arrow (its place in the sequence that was given)."""

    kind: GapKind
    part: str = ""
    arrow: int = -1


def holes(parts: Sequence[Part], arrows: Sequence[Arrow]) -> tuple[Hole, ...]:
    """Return what is missing, kind by kind, within a kind in the order given."""
    reached = {arrow.target for arrow in arrows}
    leaving = {arrow.source for arrow in arrows}
    found = [hole for part in parts for hole in _of_part(part, reached, leaving)]
    found += [
        Hole(GapKind.UNSUPPORTED, arrow=place) for place, arrow in enumerate(arrows) if arrow.weight == 0
    ]
    order = list(GapKind)
    return tuple(sorted(found, key=lambda hole: order.index(hole.kind)))


def _of_part(part: Part, reached: set[str], leaving: set[str]) -> Iterable[Hole]:
    """Yield what one part lacks."""
    is_reached, leads_on = part.key in reached, part.key in leaving
    if part.column is Column.CHALLENGE:
        if not leads_on:
            yield Hole(GapKind.UNANSWERED, part.key)
        if not part.is_founded:
            yield Hole(GapKind.UNFOUNDED, part.key)
        return
    if not is_reached:
        kind = GapKind.ANSWERS_NOTHING if part.column is Column.INITIATIVE else GapKind.UNMOVED
        yield Hole(kind, part.key)
    if not leads_on and part.column is not Column.KGI:
        kind = GapKind.MOVES_NOTHING if part.column is Column.INITIATIVE else GapKind.LEADS_NOWHERE
        yield Hole(kind, part.key)
    if not part.has_data:
        yield Hole(GapKind.NO_DATA, part.key)
