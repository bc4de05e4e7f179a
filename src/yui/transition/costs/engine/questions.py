"""Six questions to bill lines, as SQL over ``{lake}``. Values go in as parameters, sums stay exact decimals.

Each is one pass over the columns that it names. ``organisation`` and ``month`` come from the folders of
the lake, so a question about some wards or months opens only their files.
"""

from yui.kernel.lake.reading import identifier, literal
from yui.transition.costs.formats.focus import TAGS

SUMS = "sum(BilledCost) AS billed, sum(EffectiveCost) AS effective, count(*) AS row_count"
WINDOW_DAYS = 28


def by_ward_system_month() -> str:
    """Return SQL for the cost of each ward, system (by tag), month and currency."""
    return (
        f"SELECT organisation, coalesce(x_tag_system, '') AS system, month, BillingCurrency, {SUMS} "  # noqa: S608
        "FROM {lake} GROUP BY ALL ORDER BY ALL"
    )


def by_tag(key: str) -> str:
    """Return SQL for the cost of each ward, month and value of the tag ``key``.

    Tags that Yui knows were made columns when the bill came in; any other is looked up in the JSON.
    """
    column = next((name for name, keys in TAGS.items() if key in keys), None)
    path = literal(f'$."{key}"')
    value = identifier(column) if column else f"TRY(json_extract_string(Tags, {path}))"
    return (
        f"SELECT organisation, coalesce({value}, '') AS value, month, BillingCurrency, {SUMS} "  # noqa: S608
        "FROM {lake} GROUP BY ALL ORDER BY ALL"
    )


def effective_of_system() -> str:
    """Return SQL for the effective cost of the shared system ``$system`` by month and currency.

    Sharing it out is left to the reader, who divides to the yen without losing one: SQL divides decimals
    as floats.
    """
    return (
        "SELECT month, BillingCurrency, sum(EffectiveCost) AS effective FROM {lake} "
        "WHERE x_tag_system = $system GROUP BY ALL ORDER BY ALL"
    )


def billed_and_amortised() -> str:
    """Return SQL for what was invoiced and what was used up, by ward, month, kind of charge and discount."""
    return (
        "SELECT organisation, month, ChargeCategory, "  # noqa: S608
        f"coalesce(CommitmentDiscountStatus, '') AS discount, BillingCurrency, {SUMS} "
        "FROM {lake} GROUP BY ALL ORDER BY ALL"
    )


def price_and_volume() -> str:
    """Return SQL for cost and quantity of each price (SKU, unit) in the months ``$before`` and ``$after``."""
    parts = ", ".join(
        f"coalesce(sum({column}) FILTER (month = ${month}), 0) AS {name}_{month}"
        for month in ("before", "after")
        for name, column in (("cost", "EffectiveCost"), ("quantity", "PricingQuantity"))
    )
    return (
        f"SELECT SkuPriceId, PricingUnit, BillingCurrency, {parts} FROM {{lake}} "  # noqa: S608
        "WHERE month IN ($before, $after) GROUP BY ALL ORDER BY ALL"
    )


def daily_with_median() -> str:
    """Return SQL for each ward's daily cost, with the median of the last 28 days and their median
    distance from it.

    The two medians judge how unusual a day is and are floats; the cost itself is exact.
    """
    window = (
        f"OVER (PARTITION BY organisation, BillingCurrency ORDER BY day ROWS {WINDOW_DAYS - 1} PRECEDING)"
    )
    return (
        "WITH days AS (SELECT organisation, BillingCurrency, ChargePeriodStart::DATE AS day, "  # noqa: S608
        "sum(EffectiveCost) AS cost FROM {lake} GROUP BY ALL) "
        f"SELECT organisation, BillingCurrency, day, cost, median(cost::DOUBLE) {window} AS middle, "
        f"mad(cost::DOUBLE) {window} AS distance FROM days ORDER BY ALL"
    )
