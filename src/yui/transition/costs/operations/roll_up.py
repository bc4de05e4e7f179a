"""Keeping the monthly roll-up equal to the lake."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from yui.kernel.calendar_jp import Period
from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.amortising import spread_over_months
from yui.transition.costs.engine.exact import amount_of, limbs_of
from yui.transition.costs.engine.roll_up import Rules, payments_query, roll_up_query
from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.formats.errors import AmountTooLarge
from yui.transition.costs.models import AmortisedCost, BillImport, BillKind, BillPart, MonthlyCost
from yui.transition.costs.models.roll_up_edition import renew_edition
from yui.transition.costs.operations.allocate_costs import forget_allocated, reallocate
from yui.transition.costs.queries.rules import rules_of

BATCH = 500
Parts = Mapping[tuple[str, str], BillPart]


def roll_up(bill: BillImport, rules: Rules) -> int:
    """Write the roll-up of the live parts of ``bill`` anew; return how many monthly sums it has.

    Raises:
        AmountTooLarge: when a sum is larger than any bill can be.
    """
    parts = {
        (part.key, part.month): part
        for part in BillPart.objects.owned_by(bill.organisation).filter(bill=bill, superseded_at__isnull=True)
    }
    forget(parts.values(), bill.organisation)
    source = Source(CHARGES, Reach.of_batches([bill.batch]))
    found = fetch_rows(roll_up_query(rules), {"lake": source}, rules.parameters())
    sums = [
        MonthlyCost(
            organisation=bill.organisation,
            visibility=bill.visibility,
            part=parts[key, month],
            month=month,
            system_code=system,
            cost_category=category,
            currency=currency,
            billed=str(billed),
            effective=str(effective),
            rows=rows,
            **_limbs("billed", billed),
            **_limbs("effective", effective),
        )
        for key, month, system, category, currency, billed, effective, rows in found
    ]
    MonthlyCost.objects.bulk_create(sums, batch_size=BATCH)
    AmortisedCost.objects.bulk_create(_amortised(bill, parts, sums, source, rules), batch_size=BATCH)
    reallocate(bill.organisation, parts.values())
    return len(sums)


def _limbs(name: str, amount: Decimal) -> dict[str, int]:
    """Return the three whole numbers of an amount by the names of their fields."""
    try:
        units, nano, atto = limbs_of(amount)
    except OverflowError as error:
        raise AmountTooLarge(f"{amount:,f}") from error
    return {f"{name}_units": units, f"{name}_nano": nano, f"{name}_atto": atto}


def _amortised(
    bill: BillImport, parts: Parts, sums: Iterable[MonthlyCost], source: Source, rules: Rules
) -> list[AmortisedCost]:
    """Return the amortised sums: payments in the months of their 期間, other costs where they are."""
    amounts: dict[tuple[Any, ...], tuple[Decimal, int]] = {}
    if bill.kind == BillKind.LEDGER:
        payments = fetch_rows(payments_query(rules), {"lake": source}, rules.parameters())
        for key, month, *group, effective, start, end in payments:
            for of, share in spread_over_months(effective, Period(start, end)).items():
                place = (key, month, of, *group)
                amount, rows = amounts.get(place, (Decimal(0), 0))
                amounts[place] = EXACT.add(amount, share), rows + 1
    else:
        for one in sums:
            place = (one.part.key, one.month, one.month, one.system_code, one.cost_category, one.currency)
            amounts[place] = Decimal(one.effective), one.rows
    return [
        AmortisedCost(
            organisation=bill.organisation,
            visibility=bill.visibility,
            part=parts[key, month],
            month=of,
            system_code=system,
            cost_category=category,
            currency=currency,
            amortised=str(amount),
            rows=rows,
            **_limbs("amortised", amount),
        )
        for (key, month, of, system, category, currency), (amount, rows) in amounts.items()
    ]


def forget(parts: Iterable[BillPart], organisation: Organisation) -> None:
    """Drop the roll-up of parts that no longer count, and what was allocated of it."""
    pks = [part.pk for part in parts]
    MonthlyCost.objects.owned_by(organisation).filter(part__in=pks).delete()
    AmortisedCost.objects.owned_by(organisation).filter(part__in=pks).delete()
    forget_allocated(organisation, pks)
    renew_edition(organisation)


def roll_up_all(organisation: Organisation) -> int:
    """Write the whole roll-up of an organisation anew, as after a change of its system mappings.

    Returns:
        how many monthly sums it has.
    """
    rules = rules_of(organisation)
    bills = (
        BillImport.objects.owned_by(organisation)
        .filter(withdrawn_at__isnull=True)
        .exclude(kind=BillKind.COMMITMENT)
    )
    return sum(roll_up(bill, rules) for bill in bills.select_related("organisation"))


def stored_roll_up(organisation: Organisation) -> dict[tuple[str, ...], tuple[Decimal, Decimal, int]]:
    """Return the standing sums: (part, month, system, 経費区分, currency) → (billed, effective, lines).

    For a check by the installation itself; amounts are those that the database adds up.
    """
    fields = ("part__key", "month", "system_code", "cost_category", "currency")
    limbs = [f"{name}_{limb}" for name in ("billed", "effective") for limb in ("units", "nano", "atto")]
    found = MonthlyCost.objects.owned_by(organisation).values_list(*fields, *limbs, "rows")
    return {row[:5]: (amount_of(*row[5:8]), amount_of(*row[8:11]), row[11]) for row in found}
