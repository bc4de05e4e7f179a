"""Shares as rows of FOCUS 1.4."""

from collections.abc import Iterator

from yui.kernel.calendar_jp import Month
from yui.kernel.exchange.export.values import demonstration_line
from yui.kernel.policy import Actor
from yui.transition.costs.formats.focus_allocated import method_details, tags
from yui.transition.costs.models import AllocatedCost, AllocationMethod, BillKind, UsageQuantity
from yui.transition.costs.queries.allocations import allocated_to

Quantities = dict[tuple[int, int, str, str], str]


def focus_rows(actor: Actor, *, month: str = "", organisation: str = "") -> Iterator[dict[str, str]]:
    """Yield the shares that ``actor`` may see, of a month and of a receiver's code where these are given.

    A share is a share of a sum, not of one line, so it says what holds for the whole sum: the charge category
    is that of the bill's kind, and list and contracted cost are the billed cost, as neither is kept by sum.
    """
    note = demonstration_line()
    shares = allocated_to(actor, month=month, organisation=organisation)
    quantities = _quantities(actor, month)
    for share in shares.order_by("month", "owner", "part", "pk").iterator(chunk_size=2000):
        yield _row(share, quantities, note)


def _row(share: AllocatedCost, quantities: Quantities, note: str) -> dict[str, str]:
    month, version = Month.parse(share.month), share.version
    start, end = f"{month.first_day}T00:00:00Z", f"{month.next().first_day}T00:00:00Z"
    provider = share.part.provider or share.owner.name_ja
    by_usage = version.method == AllocationMethod.USAGE
    quantity = quantities.get((share.owner_id, share.organisation_id, share.month, version.driver), "")
    is_ledger = share.part.bill.kind == BillKind.LEDGER
    return {
        "AllocatedMethodDetails": method_details(
            share.ratio,
            version.method,
            version.driver if by_usage else "",
            quantity if by_usage else "",
        ),
        "AllocatedMethodId": f"yui-allocation-{version.rule_id}-{version.number}",
        "AllocatedResourceId": share.organisation.code,
        "AllocatedResourceName": share.organisation.name_ja,
        "AllocatedTags": tags({"organisation": share.organisation.code}),
        "BilledCost": share.billed,
        "BillingAccountId": share.part.account or share.part.key,
        "BillingCurrency": share.currency,
        "BillingPeriodStart": start,
        "BillingPeriodEnd": end,
        "ChargeCategory": "Purchase" if is_ledger else "Usage",
        "ChargeDescription": f"{version}({version.method_text})",
        "ChargePeriodStart": start,
        "ChargePeriodEnd": end,
        "ContractedCost": share.billed,
        "EffectiveCost": share.effective,
        "InvoiceIssuerName": provider,
        "ListCost": share.billed,
        "ServiceCategory": "Other",
        "ServiceName": share.system_code or str(share.get_cost_category_display()),
        "ServiceProviderName": provider,
        "Tags": tags({"system": share.system_code}),
        "x_cost_category": share.cost_category,
        "x_owner": share.owner.code,
        "x_note": note,
    }


def _quantities(actor: Actor, month: str) -> Quantities:
    """Return the quantities that the reader may see, by owner, receiver, month and name."""
    rows = UsageQuantity.objects.visible_to(actor)
    if month:
        rows = rows.filter(month=month)
    return {
        (owner, receiver, when, driver): quantity
        for owner, receiver, when, driver, quantity in rows.order_by().values_list(
            "organisation_id", "receiver_id", "month", "driver", "quantity"
        )
    }
