"""What a record says, for a room that makes a record of its own out of it, and the steps offered that way.

A solved question or an adopted proposal can become a good practice. The rooms do not know each other: one
registers how its records are outlined, the other which next step it offers for records of that kind.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yui.kernel.links.registry import kind_and_id
from yui.kernel.policy import Actor


@dataclass(frozen=True)
class Outline:
    """A record in the words of a good practice.

    Attributes:
        urn: the record.
        organisation_code: to whom it belongs.
        title: its heading.
        problem: 課題, Markdown.
        approach: 取組, Markdown.
        effect: 効果, Markdown; empty where nothing is known yet.
        area_codes: standard business areas concerned.
        system_ids: systems of the registry concerned.
    """

    urn: str
    organisation_code: str
    title: str
    problem: str
    approach: str
    effect: str = ""
    area_codes: tuple[str, ...] = ()
    system_ids: tuple[int, ...] = ()


OutlineReader = Callable[[str, Actor], Outline | None]
"""Given an identifier of its kind and a reader, returns the outline, or None for what he may not see."""


@dataclass(frozen=True)
class NextStep:
    """What another room offers to do with a record: words for the button, and the address for a URN."""

    title: Any
    address: Callable[[str], str]


_readers: dict[str, OutlineReader] = {}
_steps: dict[str, list[NextStep]] = defaultdict(list)


def register_outline(kind: str, reader: OutlineReader) -> None:
    """Let ``reader`` outline records of ``kind``."""
    _readers[kind] = reader


def outline_of(urn: str, actor: Actor) -> Outline | None:
    """Return the outline of a record that ``actor`` may see; None for any other.

    Raises:
        UnknownKind: when ``urn`` is not a URN of Yui.
    """
    kind, identifier = kind_and_id(urn)
    return _readers[kind](identifier, actor) if kind in _readers else None


def register_next_step(kind: str, step: NextStep) -> None:
    """Offer ``step`` on the pages of records of ``kind``; the same address twice is one step."""
    _steps[kind] = [known for known in _steps[kind] if known.title != step.title] + [step]


def next_steps(kind: str) -> tuple[NextStep, ...]:
    """Return what other rooms offer to do with records of ``kind``."""
    return tuple(_steps[kind])
