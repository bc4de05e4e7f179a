"""What is needed to divide an organisation's costs: its rules with their versions, residents, quantities."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from yui.kernel.calendar_jp import Month
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.allocation import allocate, quantum_of, ratios
from yui.transition.costs.engine.allocation_rules import (
    Basis,
    BasisMissing,
    Coverage,
    Method,
    deciding,
    weights_of,
)
from yui.transition.costs.engine.rows import exact_text
from yui.transition.costs.models import (
    AllocatedCost,
    AllocationMethod,
    AllocationRuleVersion,
    AllocationShare,
    MonthlyCost,
    ResidentCount,
    UsageQuantity,
)

REASON = "the basis of an allocation is read for all its receivers"


@dataclass(frozen=True)
class Receiver:
    """One receiver of a version in a month: what he is weighed by, and his ratio."""

    organisation: Organisation
    weight: Decimal
    residents: int | None
    quantity: Decimal | None
    ratio: Decimal


@dataclass
class Book:
    """The versions of an owner that divide costs, and what they divide by. Open it with ``open_book``.

    Every version divides the costs that its rule decides on in its months; weights are worked out once for a
    version and month.
    """

    owner: Organisation
    versions: Sequence[AllocationRuleVersion]
    shares: Mapping[int, Sequence[AllocationShare]]
    counts: Mapping[str, Sequence[tuple[date, int]]]
    quantities: Mapping[tuple[str, str], Mapping[str, Decimal]]
    _weights: dict[tuple[int, str], tuple[Fraction, ...] | BasisMissing] = field(default_factory=dict)
    _ratios: dict[tuple[int, str], tuple[Decimal, ...]] = field(default_factory=dict)

    def version_for(self, cost: MonthlyCost) -> AllocationRuleVersion | None:
        """Return the version that decides on a sum of the roll-up (read with its part)."""
        valid = [
            (version.rule.coverage, version) for version in self.versions if version.is_valid_in(cost.month)
        ]
        if not valid:
            return None
        given = Coverage(cost.part.account, cost.system_code, cost.part.provider, cost.cost_category)
        return deciding(valid, given)

    def basis(self, version: AllocationRuleVersion, month: str) -> Basis:
        """Return what is known of the version's receivers in a month."""
        shares = self.shares.get(version.pk, ())
        residents = {}
        last_day = Month.parse(month).last_day
        for share in shares:
            known = [count for day, count in self.counts.get(share.receiver.code, ()) if day <= last_day]
            if known:
                residents[share.receiver.code] = known[-1]
        return Basis(
            tuple(share.receiver.code for share in shares),
            {share.receiver.code: Decimal(share.weight) for share in shares},
            residents,
            self.quantities.get((month, version.driver), {}),
        )

    def weights(self, version: AllocationRuleVersion, month: str) -> tuple[Fraction, ...]:
        """Return the receivers' exact weights, in the order of their codes.

        Raises:
            BasisMissing: when the month lacks what the version divides by.
        """
        key = (version.pk, month)
        if key not in self._weights:
            try:
                found = weights_of(Method(version.method), self.basis(version, month), version.parts)
                self._weights[key] = found
                self._ratios[key] = ratios(found)
            except BasisMissing as error:
                self._weights[key] = error
        weights = self._weights[key]
        if isinstance(weights, BasisMissing):
            raise weights
        return weights

    def receivers(self, version: AllocationRuleVersion, month: str) -> tuple[Receiver, ...]:
        """Return the receivers with what they are weighed by; raises as ``weights``."""
        self.weights(version, month)
        basis = self.basis(version, month)
        return tuple(
            Receiver(
                share.receiver,
                Decimal(share.weight),
                basis.residents.get(share.receiver.code),
                basis.quantities.get(share.receiver.code),
                ratio,
            )
            for share, ratio in zip(self.shares[version.pk], self._ratios[(version.pk, month)], strict=True)
        )

    def allocated(self, cost: MonthlyCost, version: AllocationRuleVersion) -> list[AllocatedCost]:
        """Return the shares of one sum, not yet saved; they add up to it exactly. Raises as ``weights``."""
        weights = self.weights(version, cost.month)
        quantum = quantum_of(cost.currency)
        billed = allocate(Decimal(cost.billed), quantum, weights)
        effective = allocate(Decimal(cost.effective), quantum, weights)
        return [
            AllocatedCost(
                organisation=share.receiver,
                owner=self.owner,
                version=version,
                part=cost.part,
                month=cost.month,
                system_code=cost.system_code,
                cost_category=cost.cost_category,
                currency=cost.currency,
                billed=exact_text(billed[index]),
                effective=exact_text(effective[index]),
                ratio=exact_text(ratio),
                rows=cost.rows,
            )
            for index, (share, ratio) in enumerate(
                zip(self.shares[version.pk], self._ratios[(version.pk, cost.month)], strict=True)
            )
        ]


def open_book(owner: Organisation, extra: AllocationRuleVersion | None = None) -> Book:
    """Read the owner's versions that apply; with ``extra`` as if that version were approved.

    For callers that checked access: the book knows every receiver's basis.
    """
    applying = AllocationRuleVersion.objects.owned_by(owner).that_apply().select_related("rule")
    versions = list(applying)
    if extra is not None:
        versions = [
            version
            for version in versions
            if version.pk != extra.pk and not (version.rule_id == extra.rule_id and overlap(version, extra))
        ]
        versions.append(extra)
    shares = _shares(versions)
    receivers = {share.receiver_id for each in shares.values() for share in each}
    needs = frozenset().union(*(version.methods for version in versions))
    counts = _counts(receivers) if AllocationMethod.POPULATION.value in needs else {}
    drivers = {version.driver for version in versions if version.needs_usage}
    return Book(owner, versions, shares, counts, _quantities(owner, drivers) if drivers else {})


def overlap(one: AllocationRuleVersion, other: AllocationRuleVersion) -> bool:
    """Tell whether two versions have a month in common."""
    return (not one.valid_to or other.valid_from <= one.valid_to) and (
        not other.valid_to or one.valid_from <= other.valid_to
    )


def _shares(versions: Iterable[AllocationRuleVersion]) -> dict[int, list[AllocationShare]]:
    """Return the shares by version, in the order of the receivers' codes: that order decides ties."""
    rows = AllocationShare.objects.unscoped(REASON).filter(version__in=[version.pk for version in versions])
    found: dict[int, list[AllocationShare]] = defaultdict(list)
    for share in rows.select_related("receiver").order_by("receiver__code"):
        found[share.version_id].append(share)
    return dict(found)


def _counts(receivers: Iterable[int]) -> dict[str, list[tuple[date, int]]]:
    """Return the residents by organisation, oldest first."""
    rows = ResidentCount.objects.unscoped(REASON).filter(organisation__in=sorted(receivers))
    found: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for code, day, residents in rows.order_by("as_of").values_list(
        "organisation__code", "as_of", "residents"
    ):
        found[code].append((day, residents))
    return dict(found)


def _quantities(owner: Organisation, drivers: Iterable[str]) -> dict[tuple[str, str], dict[str, Decimal]]:
    """Return what the owner measured, by month and driver, then by receiver."""
    rows = UsageQuantity.objects.owned_by(owner).filter(driver__in=sorted(drivers))
    found: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    for month, driver, code, quantity in rows.order_by().values_list(
        "month", "driver", "receiver__code", "quantity"
    ):
        found[(month, driver)][code] = Decimal(quantity)
    return dict(found)
