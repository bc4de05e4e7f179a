"""架空データ: quantities, prices and commitments of the made-up cloud."""

from decimal import Decimal
from typing import Any

from yui.kernel.calendar_jp import FiscalYear, Month
from yui.kernel.scope.models import Organisation

MADE_UP = "架空データ"
PRICES = (("sku-vm", "Hours", "0.085"), ("sku-db", "Hours", "0.21"), ("sku-store", "GB-Months", "0.023"))
"""SKU, unit and price in dollars of each service; prices rise by three percent with each fiscal year."""
COMMITTED_SERVICE = "データベース"
FIRST_PRICED_YEAR = 2023


def priced(place: int, cost: Decimal, month: Month) -> dict[str, Any]:
    """Return SKU, unit and quantity of a cost at the price of its fiscal year."""
    sku, unit, price = PRICES[place - 1]
    dollars = Decimal(price) * Decimal("1.03") ** (month.fiscal_year.year - FIRST_PRICED_YEAR)
    return {
        "SkuId": sku,
        "PricingUnit": unit,
        "PricingQuantity": (cost / dollars).quantize(Decimal("0.000001")),
    }


def commitment_id(ward: Organisation, year: FiscalYear) -> str:
    """Return the name of the commitment that a ward's databases are used under in a fiscal year."""
    return f"{MADE_UP}-約束-{ward.code}-{year}"


def committed(ward: Organisation, service: str, month: Month) -> dict[str, Any]:
    """Return the commitment discount of a line of the committed service; nulls for the others."""
    is_committed = service == COMMITTED_SERVICE
    return {
        "CommitmentDiscountId": commitment_id(ward, month.fiscal_year) if is_committed else None,
        "CommitmentDiscountStatus": "Used" if is_committed else None,
    }
