"""Keeping the allocated costs equal to the roll-up, the rules and what they divide by."""

from collections.abc import Iterable

from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.allocation_rules import BasisMissing
from yui.transition.costs.models import AllocatedCost, AllocationRuleVersion, BillPart, MonthlyCost
from yui.transition.costs.queries.allocation_book import open_book


def reallocate(owner: Organisation, parts: Iterable[BillPart] | None = None) -> int:
    """Write the shares of the owner's costs anew, of ``parts`` only where they are given; return how many.

    Belongs in the transaction of whatever changed. A month that lacks what its version divides by stays with
    its owner.
    """
    keys = None if parts is None else [part.pk for part in parts]
    forget_allocated(owner, keys)
    if not AllocationRuleVersion.objects.owned_by(owner).that_apply().exists():
        return 0
    book = open_book(owner)
    costs = MonthlyCost.objects.owned_by(owner)
    if keys is not None:
        costs = costs.filter(part__in=keys)
    shares: list[AllocatedCost] = []
    for cost in costs.select_related("part").order_by("pk"):
        version = book.version_for(cost)
        if version is None:
            continue
        try:
            shares += book.allocated(cost, version)
        except BasisMissing:
            continue
    AllocatedCost.objects.bulk_create(shares, batch_size=500)
    return len(shares)


def forget_allocated(owner: Organisation, parts: Iterable[int] | None = None) -> None:
    """Drop the shares of the owner's costs, of these bill parts only where they are given."""
    shares = AllocatedCost.objects.shared_by(owner)
    if parts is not None:
        shares = shares.filter(part__in=list(parts))
    shares.delete()
