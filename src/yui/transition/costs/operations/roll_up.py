"""Keeping the monthly roll-up equal to the lake."""

from collections.abc import Iterable

from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.roll_up import Rules, roll_up_query
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.models import BillImport, BillKind, BillPart, MonthlyCost
from yui.transition.costs.operations.allocate_costs import forget_allocated, reallocate
from yui.transition.costs.queries.rules import rules_of


def roll_up(bill: BillImport, rules: Rules) -> int:
    """Write the roll-up of the live parts of ``bill`` anew; return how many sums it has."""
    parts = {
        (part.key, part.month): part
        for part in BillPart.objects.owned_by(bill.organisation).filter(bill=bill, superseded_at__isnull=True)
    }
    forget(parts.values(), bill.organisation)
    source = Source(CHARGES, Reach.of_batches([bill.batch]))
    sums = [
        MonthlyCost(
            organisation=bill.organisation,
            visibility=bill.visibility,
            part=parts[(key, month)],
            month=month,
            system_code=system,
            cost_category=category,
            currency=currency,
            billed=str(billed),
            effective=str(effective),
            rows=rows,
        )
        for key, month, system, category, currency, billed, effective, rows in fetch_rows(
            roll_up_query(rules), {"lake": source}, rules.parameters()
        )
    ]
    MonthlyCost.objects.bulk_create(sums, batch_size=500)
    reallocate(bill.organisation, parts.values())
    return len(sums)


def forget(parts: Iterable[BillPart], organisation: Organisation) -> None:
    """Drop the roll-up of parts that no longer count, and what was allocated of it."""
    keys = [part.pk for part in parts]
    MonthlyCost.objects.owned_by(organisation).filter(part__in=keys).delete()
    forget_allocated(organisation, keys)


def roll_up_all(organisation: Organisation) -> None:
    """Write the whole roll-up of an organisation anew, as after a change of its system mappings."""
    rules = rules_of(organisation)
    bills = (
        BillImport.objects.owned_by(organisation)
        .filter(withdrawn_at__isnull=True)
        .exclude(kind=BillKind.COMMITMENT)
    )
    for bill in bills.select_related("organisation"):
        roll_up(bill, rules)
