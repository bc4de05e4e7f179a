"""What a figure that comes in does to the figures that are known of the same area and period.

Whatever the order in which files come in, the figure of the newest retrieval is current: a retrieval that
says the same confirms the figure, so that what an older one said otherwise cannot come back. Of two figures
retrieved on one day the one taken in later is current.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum


class Effect(Enum):
    """What is to be done with a figure."""

    NEW = "new"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    KNOWN = "known"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Known:
    """A figure in the store: its key, what it says, its last retrieval, and whether it is current."""

    key: int
    content: Hashable
    confirmed_on: date
    is_current: bool


def effect_of(content: Hashable, retrieved_on: date, known: Sequence[Known]) -> Effect:
    """Return what a figure does.

    Args:
        content: what it says: value, sign and marks.
        retrieved_on: when it was fetched from the publisher.
        known: the figures of the same series, area and period; one of them is current, if there are any.

    Returns:
        ``NEW`` where nothing is known; ``CHANGED`` where it takes the place of the current figure;
        ``CONFIRMED`` where a newer retrieval says the same; ``OLDER`` where an older one said otherwise,
        which only history keeps; ``KNOWN`` where nothing is to be done.
    """
    current = next((each for each in known if each.is_current), None)
    if current is None:
        return Effect.NEW
    if content == current.content:
        return Effect.CONFIRMED if retrieved_on > current.confirmed_on else Effect.KNOWN
    if retrieved_on > current.confirmed_on:
        return Effect.CHANGED
    has_been_said = any(
        content == each.content and (each.confirmed_on == retrieved_on or retrieved_on < current.confirmed_on)
        for each in known
    )
    if has_been_said:
        return Effect.KNOWN
    return Effect.CHANGED if retrieved_on == current.confirmed_on else Effect.OLDER
