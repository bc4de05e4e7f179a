"""What people state about proposals: the arguments of operations."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from yui.kernel.scope.models import Visibility
from yui.organisations.public import Department
from yui.people.practices.models import Proposal, ProposalCategory


@dataclass(frozen=True, kw_only=True)
class ProposalFacts:
    """What a proposal says. Hours and yen are savings that the authors expect."""

    kind: str
    title: str
    present: str = ""
    idea: str = ""
    category: ProposalCategory | None = None
    expected_hours: Decimal | None = None
    expected_yen_once: int | None = None
    expected_yen_yearly: int | None = None
    department: Department | None = None
    group_name: str = ""
    is_anonymous: bool = False
    visibility: str = Visibility.OWN.value

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the facts, which are those of the record's fields."""
        return tuple(each.name for each in fields(cls))

    @classmethod
    def of(cls, proposal: Proposal) -> "ProposalFacts":
        """Return the facts as the record holds them."""
        return cls(**{name: getattr(proposal, name) for name in cls.names()})

    def values(self) -> dict[str, Any]:
        """Return the facts by name."""
        return {name: getattr(self, name) for name in self.names()}


@dataclass(frozen=True, kw_only=True)
class EffectFacts:
    """One look at the effect, as ``ProposalEffect`` describes it."""

    phase: str
    grade: str
    measured_on: date
    minutes_before: Decimal | None = None
    minutes_after: Decimal | None = None
    volume: int | None = None
    yen_once: int | None = None
    yen_yearly: int | None = None
    errors_before: int | None = None
    errors_after: int | None = None
    waiting_before: Decimal | None = None
    waiting_after: Decimal | None = None
    method: str = ""

    def values(self) -> dict[str, Any]:
        """Return the facts by name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, kw_only=True)
class PastProposal:
    """A proposal of another register, with what that register knows of it.

    Attributes:
        source_key: names the record within the ward, so that it is taken in once.
        fiscal_year: in which it was handed in.
        stage: where it stands, by its result.
        outcome: what was decided, empty while it is open.
        submitted_on, decided_on, implemented_on: as far as they are known.
    """

    source_key: str
    fiscal_year: int
    facts: ProposalFacts
    stage: str
    outcome: str = ""
    decision_reason: str = ""
    submitted_on: date | None = None
    decided_on: date | None = None
    implemented_on: date | None = None
