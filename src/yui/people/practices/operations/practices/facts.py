"""What people state about a practice: the arguments of operations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Self
from uuid import UUID, uuid4

from yui.kernel.operations.facts import Facts
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.public import Department
from yui.people.practices.models import (
    WORDING,
    Licence,
    Practice,
    PracticeEffect,
    PracticeKind,
    PracticeVersion,
)
from yui.people.practices.queries.practices.related import keys_of

WHY = "what belongs to a practice that is written in this transaction"


@dataclass(frozen=True, kw_only=True)
class EffectFacts(Facts):
    """One figure; amounts stand in the unit, cases are counted a year."""

    name: str
    unit: str
    before: Decimal
    after: Decimal
    grade: str
    volume_per_year: int | None = None
    measured_on: date | None = None
    method: str = ""
    lineage: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, kw_only=True)
class WordingFacts:
    """The text of a version with its figures; sections are Markdown, yen include tax."""

    title: str
    problem: str = ""
    approach: str = ""
    effect_note: str = ""
    cost_note: str = ""
    staffing: str = ""
    preconditions: str = ""
    reuse_steps: str = ""
    pitfalls: str = ""
    initial_yen: int | None = None
    annual_yen: int | None = None
    started_on: date | None = None
    ended_on: date | None = None
    effects: tuple[EffectFacts, ...] = ()

    def values(self) -> dict[str, Any]:
        """Return the text by field, without the figures."""
        return {name: getattr(self, name) for name in WORDING}

    @classmethod
    def of(cls, version: PracticeVersion) -> Self:
        """Return what a stored version says."""
        effects = PracticeEffect.objects.unscoped(WHY).filter(version=version)
        texts: Mapping[str, Any] = {name: getattr(version, name) for name in WORDING}
        return cls(**texts, effects=tuple(EffectFacts.of(effect) for effect in effects))


@dataclass(frozen=True, kw_only=True)
class HeaderFacts:
    """What is said about a practice beside its text; ``areas`` and ``systems`` are keys of the registry."""

    kind: str = PracticeKind.SUCCESS.value
    audience: str = Visibility.WARDS.value
    licence: str = Licence.CC_BY_4.value
    department: Department | None = None
    contact: str = ""
    expires_on: date | None = None
    areas: frozenset[int] = frozenset()
    systems: frozenset[int] = frozenset()
    participants: frozenset[Organisation] = frozenset()

    def values(self) -> dict[str, Any]:
        """Return what stands in columns of the practice."""
        names = ("kind", "audience", "licence", "department", "contact", "expires_on")
        return {name: getattr(self, name) for name in names}

    @classmethod
    def of(cls, practice: Practice) -> Self:
        """Return what a stored practice says, with all that belongs to it."""
        return cls(
            kind=practice.kind,
            audience=practice.audience,
            licence=practice.licence,
            department=practice.department,
            contact=practice.contact,
            expires_on=practice.expires_on,
            areas=keys_of(practice, "areas"),
            systems=keys_of(practice, "systems"),
            participants=frozenset(practice.participants.all()),
        )
