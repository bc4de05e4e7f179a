"""Who acts: a person with memberships, the system itself, or a stranger."""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Self

from yui.kernel.policy.roles import GRANTS, Role, Verb


class ActorKind(Enum):
    """Whether an actor is a signed-in person, the installation itself, or nobody known."""

    PERSON = "person"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Membership:
    """One role of a person in one organisation, valid now."""

    organisation_id: int
    organisation_code: str
    role: Role
    organisation_kind: str
    organisation_name: str = ""


@dataclass(frozen=True)
class Actor:
    """Whoever asks or changes something; carries all that a permission check needs."""

    kind: ActorKind
    user_id: int | None
    name: str
    memberships: tuple[Membership, ...] = ()

    @classmethod
    def system(cls, purpose: str) -> Self:
        """Return the installation itself, acting for ``purpose`` (a command line, a worker, a seed)."""
        return cls(kind=ActorKind.SYSTEM, user_id=None, name=f"system:{purpose}")

    @classmethod
    def anonymous(cls) -> Self:
        """Return a visitor who has not signed in."""
        return cls(kind=ActorKind.ANONYMOUS, user_id=None, name="anonymous")

    @property
    def is_system(self) -> bool:
        """Whether the installation itself acts."""
        return self.kind is ActorKind.SYSTEM

    @property
    def is_member(self) -> bool:
        """Whether the actor belongs to at least one organisation (or is the system)."""
        return self.is_system or bool(self.memberships)

    @cached_property
    def organisation_ids(self) -> frozenset[int]:
        """The organisations in which the person holds any role."""
        return self.organisation_ids_with(Verb.VIEW)

    def organisation_ids_with(self, verb: Verb) -> frozenset[int]:
        """Return the organisations in which one of the person's roles grants ``verb``."""
        return frozenset(m.organisation_id for m in self.memberships if verb in GRANTS[m.role])

    def organisation_codes_with(self, verb: Verb) -> frozenset[str]:
        """Return the codes of the organisations in which one of the person's roles grants ``verb``."""
        return frozenset(m.organisation_code for m in self.memberships if verb in GRANTS[m.role])
