"""What people state about proposals: the arguments of operations."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yui.kernel.operations.facts import Facts
from yui.kernel.scope.models import Visibility
from yui.organisations.public import Department
from yui.people.practices.models import ProposalCategory


@dataclass(frozen=True, kw_only=True)
class ProposalFacts(Facts):
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


@dataclass(frozen=True, kw_only=True)
class EffectFacts(Facts):
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
