"""SQL that adds bill lines up to the items of a bridge, and that opens an item down to its lines.

A cloud line belongs to the item of its service, SKU and pricing unit. A ledger line belongs to the item of
its contract, or of its subject where it names none; its months with a payment are its quantity.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from yui.kernel.lake.reading import identifier
from yui.transition.costs.engine.roll_up import Rules

METRIC_COLUMNS = {"billed": "BilledCost", "effective": "EffectiveCost"}
ONE_OFF_WORDS = (
    "移行経費",
    "移行費",
    "移行作業",
    "移行業務委託",
    "データ移行",
    "初期費用",
    "初期構築",
    "導入費",
)
"""A ledger says what a payment is for in words only; these mean that it is paid once."""
ONE_OFF = {"one_off": "|".join(ONE_OFF_WORDS)}

_IS_ONCE = "regexp_matches(coalesce(line.ServiceName, '') || coalesce(line.x_budget_detail, ''), $one_off)"
NATURE = (
    "CASE WHEN line.ChargeCategory = 'Tax' THEN 'tax' "
    "WHEN line.ChargeCategory = 'Credit' THEN 'credit' "
    "WHEN line.ChargeCategory = 'Adjustment' OR line.ChargeClass = 'Correction' THEN 'correction' "
    "WHEN line.ChargeCategory = 'Purchase' AND (line.ChargeFrequency = 'One-Time' "
    f"OR (line.x_account IS NOT NULL AND {_IS_ONCE})) THEN 'one_off' ELSE 'regular' END"
)
SERVICE = "CASE WHEN line.x_contract_number IS NULL THEN coalesce(line.ServiceName, '') ELSE '' END"
KEYS: Mapping[str, str] = {
    "ward": "line.organisation",
    "category": "coalesce(line.x_cost_category, 'other')",
    "provider": "coalesce(line.x_provider, '')",
    "service": SERVICE,
    "sku": "coalesce(line.SkuId, '')",
    "unit": "coalesce(line.PricingUnit, '')",
    "contract": "coalesce(line.x_contract_number, '')",
    "currency": "line.BillingCurrency",
    "nature": NATURE,
}
"""What makes lines one item, beside the system that the rules give them to."""


@dataclass(frozen=True)
class Only:
    """Which lines count: those that have each of these values of an item's key (``system`` among them)."""

    values: Mapping[str, str] = field(default_factory=dict)

    def conditions(self, rules: Rules) -> str:
        """Return SQL for the conditions, ``true`` without any."""
        expressions = {**KEYS, "system": _system(rules)}
        found = [f"{expressions[name]} = $only_{name}" for name in self.values]
        return " AND ".join(found) or "true"

    def parameters(self) -> dict[str, Any]:
        """Return the parameters of the conditions."""
        found: dict[str, Any] = {f"only_{name}": value for name, value in self.values.items()}
        return found | (ONE_OFF if "nature" in self.values else {})


SHARED_NAMES = ("shared_owners", "shared_parts", "shared_systems", "shared_categories", "shared_currencies")


def _not_shared(rules: Rules) -> str:
    """Return SQL that leaves out the lines of sums that are shared (they are items of their own)."""
    columns = ", ".join(f"unnest(${name}::VARCHAR[])" for name in SHARED_NAMES)
    line = (
        f"line.organisation, line.x_part, {_system(rules)}, coalesce(line.x_cost_category, 'other'), "
        "line.BillingCurrency"
    )
    return f"({line}) NOT IN (SELECT {columns})"


def items_query(rules: Rules, metric: str, only: Only) -> str:
    """Return SQL over ``{lake}`` for one period's items.

    Columns: ward, system, the other keys in their order, name, amount, the sum of the months' sizes,
    the same at the months' rates, yen, quantity (null where a line tells none), months, months without a
    rate, lines. Amounts are added up by month first, since each month has its own rate.
    """
    keys = ", ".join(f"{sql} AS {name}" for name, sql in KEYS.items())
    names = ", ".join(["ward", "system", *[name for name in KEYS if name != "ward"]])
    return (
        f"WITH monthly AS (SELECT {keys}, {_system(rules)} AS system, line.month AS month, "  # noqa: S608
        "min(line.ServiceName) AS name, "
        f"sum(line.{identifier(METRIC_COLUMNS[metric])}) AS amount, sum(line.PricingQuantity) AS quantity, "
        "count(*) = count(line.PricingQuantity) AS is_counted, count(*) AS row_count "
        f"FROM {{lake}} AS line {rules.joins()} WHERE {only.conditions(rules)} AND {_not_shared(rules)} "
        "GROUP BY ALL), rates AS (SELECT unnest($rate_currencies::VARCHAR[]) AS currency, "
        "unnest($rate_months::VARCHAR[]) AS month, unnest($rate_yen::DECIMAL(14, 6)[]) AS yen), "
        "rated AS (SELECT monthly.*, CASE WHEN monthly.currency = 'JPY' THEN 1::DECIMAL(14, 6) "
        "ELSE rates.yen END AS rate FROM monthly LEFT JOIN rates USING (currency, month)) "
        f"SELECT {names}, min(name), sum(amount), sum(abs(amount)), sum(abs(amount) * rate), "
        "sum(amount * rate), CASE WHEN bool_and(is_counted) THEN sum(quantity) END, count(*), "
        "list(month ORDER BY month) FILTER (WHERE rate IS NULL), sum(row_count)::BIGINT "
        "FROM rated GROUP BY ALL ORDER BY ALL"
    )


def item_parameters(
    rules: Rules,
    rates: Mapping[tuple[str, str], Decimal],
    months: Sequence[str],
    only: Only,
    shared: Collection[tuple[str, ...]] = (),
) -> dict[str, Any]:
    """Return the parameters of ``items_query`` for the rates of these months.

    Args:
        shared: owner, bill part, system, 経費区分 and currency of the sums whose lines are left out.
    """
    listed = sorted(shared)
    wanted = {key: rate for key, rate in sorted(rates.items()) if key[1] in set(months)}
    return {
        **rules.parameters(),
        **only.parameters(),
        **ONE_OFF,
        **{name: [group[place] for group in listed] for place, name in enumerate(SHARED_NAMES)},
        "rate_currencies": [currency for currency, _month in wanted],
        "rate_months": [month for _currency, month in wanted],
        "rate_yen": list(wanted.values()),
    }


def item_lines_query(rules: Rules, columns: Sequence[str], only: Only) -> str:
    """Return SQL over ``{lake}`` for the single lines behind an item."""
    chosen = ", ".join(f"line.{identifier(column)}" for column in columns)
    return (
        f"SELECT {chosen} FROM {{lake}} AS line {rules.joins()} "  # noqa: S608
        f"WHERE {only.conditions(rules)} ORDER BY ALL"
    )


def _system(rules: Rules) -> str:
    """Return SQL for a line's system, as long as the roll-up keeps it."""
    return f"left({rules.system()}, 80)"
