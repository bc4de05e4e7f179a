"""Contracts by their ends."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch

from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, ScopedQuerySet
from yui.registry.models import Contract, InformationSystem


def contracts_for(actor: Actor, organisation: Organisation | None = None) -> ScopedQuerySet:
    """Return the contracts that ``actor`` may see, with vendor and those systems that he or she may see."""
    systems = InformationSystem.objects.visible_to(actor).order_by("code")
    contracts = (
        Contract.objects.visible_to(actor)
        .select_related("organisation", "vendor")
        .prefetch_related(Prefetch("systems", systems))
        .order_by("ends_on", "organisation__sort_order", "number")
    )
    return contracts.filter(organisation=organisation) if organisation is not None else contracts


@dataclass(frozen=True)
class Term:
    """The days of one contract: in force from first to last, to be thought about so many days before."""

    key: int
    starts_on: date
    ends_on: date
    notice_days: int

    def is_due_on(self, day: date) -> bool:
        """Tell whether the contract is in force on the day and its time of notice has come."""
        return (
            self.starts_on <= day <= self.ends_on and self.ends_on - timedelta(days=self.notice_days) <= day
        )


def contract_terms(contracts: ScopedQuerySet) -> list[tuple[int, Term]]:
    """Return owner and days of every contract."""
    fields = ("organisation_id", "pk", "starts_on", "ends_on", "renewal_notice_days")
    return [(owner, Term(*days)) for owner, *days in contracts.order_by().values_list(*fields)]


@dataclass(frozen=True)
class ExpiryMonth:
    """The contracts that end in one month."""

    month: Month
    contracts: tuple[Contract, ...]

    @property
    def annual_yen(self) -> int:
        """What the ending contracts cost in a year."""
        return sum(contract.annual_yen for contract in self.contracts)


def expiry_calendar(contracts: ScopedQuerySet, first: Month, count: int = 12) -> list[ExpiryMonth]:
    """Return ``count`` months from ``first`` on, each with the contracts ending in it."""
    months = Month.between(first, first.shift(count - 1))
    ending = contracts.filter(ends_on__gte=first.first_day, ends_on__lte=months[-1].last_day)
    by_month: dict[Month, list[Contract]] = {month: [] for month in months}
    for contract in ending.order_by("ends_on", "number"):
        by_month[Month.of(contract.ends_on)].append(contract)
    return [ExpiryMonth(month, tuple(found)) for month, found in by_month.items()]


def contracts_expiring_within(contracts: ScopedQuerySet, day: date, days: int) -> ScopedQuerySet:
    """Return the contracts that end on ``day`` or within so many days after it."""
    return contracts.filter(ends_on__gte=day, ends_on__lte=day + timedelta(days=days))
