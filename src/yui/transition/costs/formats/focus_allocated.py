"""Allocated charges as FOCUS 1.4 Cost and Usage in CSV.

The specification's split cost allocation columns (https://focus.finops.org, 1.3 and later): one row for each
receiver of each allocated sum. ``AllocatedMethodDetails`` holds an object with ``Elements``, whose
``AllocatedRatio`` adds up to 1 over all receivers of one origin charge; keys of our own begin with ``x_``.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping

COLUMNS = (
    "AllocatedMethodDetails",
    "AllocatedMethodId",
    "AllocatedResourceId",
    "AllocatedResourceName",
    "AllocatedTags",
    "BilledCost",
    "BillingAccountId",
    "BillingAccountName",
    "BillingCurrency",
    "BillingPeriodEnd",
    "BillingPeriodStart",
    "ChargeCategory",
    "ChargeClass",
    "ChargeDescription",
    "ChargePeriodEnd",
    "ChargePeriodStart",
    "ContractedCost",
    "EffectiveCost",
    "HostProviderName",
    "InvoiceIssuerName",
    "ListCost",
    "PricingQuantity",
    "PricingUnit",
    "ServiceCategory",
    "ServiceName",
    "ServiceProviderName",
    "Tags",
    "x_cost_category",
    "x_owner",
    "x_note",
)


def method_details(ratio: str, method: str, usage_unit: str = "", usage_quantity: str = "") -> str:
    """Return ``AllocatedMethodDetails`` with the ratio as an exact JSON number.

    A quantity is only written with its unit, as the specification asks.

    Args:
        ratio, usage_quantity: decimals in plain notation.
    """
    # json knows no exact decimals, so the two numbers are written by hand.
    element = f'"AllocatedRatio": {ratio}'
    if usage_unit and usage_quantity:
        unit = json.dumps(usage_unit, ensure_ascii=False)
        element += f', "UsageUnit": {unit}, "UsageQuantity": {usage_quantity}'
    return f'{{"Elements": [{{{element}, "x_Method": {json.dumps(method)}}}]}}'


def tags(pairs: Mapping[str, str]) -> str:
    """Return tags as a JSON object of texts; empty ones are left out, and no tag at all is null."""
    kept = {name: value for name, value in pairs.items() if value}
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def focus_csv(rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return rows as CSV in UTF-8 without a byte order mark; a column that a row lacks is null (empty)."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
