"""What people state about each kind of record."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from django.db.models import Model

from yui.kernel.operations.facts import Facts
from yui.kernel.scope.models import Visibility
from yui.organisations.public import Department
from yui.registry.models import (
    Contract,
    InformationSystem,
    LinkDirection,
    StandardBusinessArea,
    SystemStatus,
    Vendor,
)


@dataclass(frozen=True, kw_only=True)
class SystemFacts(Facts):
    """The facts of an information system."""

    code: str
    name: str
    category: str
    hosting: str
    network_zone: str
    name_kana: str = ""
    purpose: str = ""
    business_area: StandardBusinessArea | None = None
    department: Department | None = None
    vendor: Vendor | None = None
    cloud_provider: str = ""
    network_model: str = ""
    confidentiality: int = 2
    integrity: int = 2
    availability_level: int = 2
    rto_hours: int | None = None
    rpo_hours: int | None = None
    user_count: int | None = None
    started_on: date | None = None
    retired_on: date | None = None
    status: str = SystemStatus.RUNNING.value
    visibility: str = Visibility.OWN.value


@dataclass(frozen=True, kw_only=True)
class ContractFacts(Facts):
    """The facts of a contract; ``systems`` are those of the same organisation."""

    number: str
    title: str
    kind: str
    vendor: Vendor
    starts_on: date
    ends_on: date
    total_yen: int
    annual_yen: int
    renewal_notice_days: int = 180
    visibility: str = Visibility.OWN.value
    systems: frozenset[InformationSystem] = field(default_factory=frozenset)

    @classmethod
    def of(cls, record: Model) -> Self:
        """Return the facts of a contract with all its systems."""
        assert isinstance(record, Contract)
        own = InformationSystem.objects.owned_by(record.organisation)
        plain = {name: getattr(record, name) for name in cls.names() if name != "systems"}
        return cls(**plain, systems=frozenset(own.filter(contracts=record)))

    def values(self) -> dict[str, Any]:
        """Return the facts by name, without the systems, which are no column of the contract."""
        return {name: value for name, value in super().values().items() if name != "systems"}


@dataclass(frozen=True, kw_only=True)
class LinkFacts(Facts):
    """The facts of a data link."""

    source: InformationSystem
    target: InformationSystem
    medium: str
    frequency: str
    data: str
    direction: str = LinkDirection.ONE_WAY.value


@dataclass(frozen=True, kw_only=True)
class WindowFacts(Facts):
    """The facts of a maintenance window."""

    title: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class OutageFacts(Facts):
    """The facts of an outage."""

    title: str
    started_at: datetime
    severity: str
    ended_at: datetime | None = None
    is_planned: bool = False
    cause: str = ""


@dataclass(frozen=True, kw_only=True)
class ChangeFacts(Facts):
    """What is asked for in a change request."""

    title: str
    risk: str
    description: str = ""
    planned_on: date | None = None
