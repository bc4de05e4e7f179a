"""How far a reader may reach into the lake.

The lake lies below the access wall, so nothing is read without saying how far: the codes of the
organisations that an actor may view, batches that an access-checked record names, or everything for a
stated reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, Self


class Reader(Protocol):
    """An actor, as far as the lake needs to know it."""

    @property
    def is_system(self) -> bool:
        """Whether the installation itself reads."""

    @property
    def memberships(self) -> "tuple[HasOrganisationCode, ...]":
        """The roles of the person; each of them lets read the organisation's own facts."""


class HasOrganisationCode(Protocol):
    """A membership, as far as the lake needs to know it."""

    @property
    def organisation_code(self) -> str:
        """The organisation's code."""


@dataclass(frozen=True)
class Reach:
    """What may be read: ``None`` in a field sets no limit there."""

    codes: frozenset[str] | None
    batches: frozenset[str] | None
    reason: str

    @classmethod
    def of(cls, actor: Reader) -> Self:
        """The facts of the actor's own organisations (all of them for the system)."""
        if actor.is_system:
            return cls(None, None, "the installation itself reads")
        return cls(visible_codes(actor), None, "the actor's own organisations")

    @classmethod
    def of_batches(cls, batches: Iterable[str]) -> Self:
        """The facts of these imports, whose records the caller has read with ``visible_to``."""
        return cls(None, frozenset(batches), "batches of records visible to the actor")

    @classmethod
    def everything(cls, reason: str) -> Self:
        """All facts, for a joint figure or a check; ``reason`` says why that is right."""
        if not reason:
            raise ValueError("reading across all organisations needs a reason")
        return cls(None, None, reason)


def visible_codes(actor: Reader) -> frozenset[str]:
    """Return the codes of the organisations whose facts a person may read: those of the memberships."""
    return frozenset(membership.organisation_code for membership in actor.memberships)
