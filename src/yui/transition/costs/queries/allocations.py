"""Allocated costs, and the bill lines behind one of them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from yui.kernel.lake.evidence import LakeEvidence
from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source
from yui.kernel.policy import Actor
from yui.kernel.scope.querysets import ScopedQuerySet
from yui.transition.costs.engine.roll_up import lines_query
from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.models import AllocatedCost, AllocationRuleVersion, AllocationState, MonthlyCost
from yui.transition.costs.queries.lines import COLUMNS, NOBODY, LinesEvidence, lines
from yui.transition.costs.queries.rules import rules_of

RELATED = ("organisation", "owner", "version__rule", "version__organisation", "part__bill")


def allocated_to(actor: Actor, *, month: str = "", organisation: str = "") -> ScopedQuerySet:
    """Return the shares that ``actor`` may see, of a month and of a receiver's code where these are given."""
    shares = AllocatedCost.objects.visible_to(actor).select_related(*RELATED)
    if month:
        shares = shares.filter(month=month)
    if organisation:
        shares = shares.filter(organisation__code=organisation)
    return shares


def reach_of_allocated(actor: Any, share: AllocatedCost) -> Reach:
    """Return how far a reader reaches into the owner's bills: into the bill of ``share``, if he sees that.

    An approved rule lets its receivers read the lines that it covers, and no others: the query of
    ``lines_behind`` keeps only the account, month, system, 経費区分 and currency of the share.
    """
    if actor.is_system or AllocatedCost.objects.visible_to(actor).filter(pk=share.pk).exists():
        return Reach.of_batches([share.part.bill.batch])
    return NOBODY


def lines_behind(share: AllocatedCost) -> LinesEvidence:
    """Return the bill lines whose sum was shared, for those who may see ``share`` (read with its part)."""
    rules = rules_of(share.owner)
    inner = lines_query(rules, [name for name, _title in COLUMNS], has_system=True)
    query = (
        f"SELECT * FROM ({inner}) WHERE coalesce(x_cost_category, 'other') = $category "  # noqa: S608
        "AND BillingCurrency = $currency ORDER BY ALL"
    )
    plain = lines(organisations=None, months=None)
    found: LinesEvidence = LakeEvidence(
        sql=query,
        source=Source(
            CHARGES, NOBODY, organisations=[share.owner.code], months=[share.month], parts=[share.part.key]
        ),
        columns=plain.columns,
        row=plain.row,
        parameters=rules.parameters()
        | {"system": share.system_code, "category": share.cost_category, "currency": share.currency},
    )
    return replace(found, reach=lambda actor: reach_of_allocated(actor, share))


def source_of(share: AllocatedCost) -> MonthlyCost | None:
    """Return the sum of the roll-up that was shared; for callers that may see ``share``."""
    found: MonthlyCost | None = (
        MonthlyCost.objects.unscoped("an approved rule lets its receivers see the sum that it shares")
        .filter(
            part=share.part_id,
            system_code=share.system_code,
            cost_category=share.cost_category,
            currency=share.currency,
        )
        .first()
    )
    return found


def versions_visible_to(actor: Actor) -> ScopedQuerySet:
    """Return the versions that ``actor`` may see: drafts only within their organisation."""
    return AllocationRuleVersion.objects.visible_to(actor).select_related("rule", "organisation")


def unallocated(version: AllocationRuleVersion) -> list[str]:
    """Return the months with costs in which an applying version shares nothing, oldest first.

    For callers that may see the version. A month is listed because it lacks residents or quantities, or
    because a more particular rule decides on all its costs.
    """
    if version.state not in {AllocationState.APPROVED, AllocationState.RETIRED}:
        return []
    costs = MonthlyCost.objects.owned_by(version.organisation).filter(month__gte=version.valid_from)
    if version.valid_to:
        costs = costs.filter(month__lte=version.valid_to)
    coverage = version.rule.coverage
    asked = {
        "part__account": coverage.account,
        "part__provider": coverage.provider,
        "system_code": coverage.system_code,
        "cost_category": coverage.cost_category,
    }
    covered = costs.filter(**{name: value for name, value in asked.items() if value})
    shared = AllocatedCost.objects.shared_by(version.organisation).filter(version=version)
    months = set(covered.values_list("month", flat=True))
    return sorted(months - set(shared.values_list("month", flat=True)))


def sums_by_currency(shares: ScopedQuerySet, metric: str = "billed") -> dict[str, Decimal]:
    """Return the exact sums of shares by currency."""
    found: dict[str, Decimal] = {}
    for currency, text in shares.order_by().values_list("currency", metric):
        found[currency] = EXACT.add(found.get(currency, Decimal(0)), Decimal(text))
    return found
