"""The monthly roll-up as SQL over bill lines: exact sums by part, system, 経費区分 and currency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yui.kernel.lake.reading import identifier, literal
from yui.transition.costs.formats.ledger import LEDGER_PART

NAMED_BY_TAG = "x_tag_system"


@dataclass(frozen=True)
class Rules:
    """Which value of which column means which system, the columns in the order in which they decide."""

    columns: tuple[tuple[str, Mapping[str, str]], ...] = field(default=())

    def parameters(self) -> dict[str, Any]:
        """Return the values and system codes as parameters of the SQL."""
        found: dict[str, Any] = {}
        for number, (_column, codes) in enumerate(self.columns):
            found[f"values_{number}"], found[f"codes_{number}"] = list(codes), list(codes.values())
        return found

    def joins(self) -> str:
        """Return the joins that look every line up in the rules."""
        return " ".join(
            f"LEFT JOIN (SELECT unnest($values_{n}::VARCHAR[]) AS v, unnest($codes_{n}::VARCHAR[]) AS c) "
            f"AS r{n} ON r{n}.v = line.{identifier(column)}"
            for n, (column, _codes) in enumerate(self.columns)
        )

    def system(self) -> str:
        """Return SQL for a line's system: the first rule that fits, else its own tag, else empty."""
        rules = [f"r{number}.c" for number in range(len(self.columns))]
        return f"coalesce({', '.join([*rules, f'line.{NAMED_BY_TAG}', literal('')])})"


def _keys(rules: Rules) -> str:
    """Return SQL for what the roll-up groups by: part, month, system, 経費区分 and currency."""
    return (
        f"x_part, line.month, left({rules.system()}, 80) AS system_code, "
        "coalesce(x_cost_category, 'other') AS cost_category, BillingCurrency AS currency"
    )


def roll_up_query(rules: Rules) -> str:
    """Return SQL over ``{lake}`` for the roll-up of its lines."""
    return (
        f"SELECT {_keys(rules)}, "  # noqa: S608
        "sum(BilledCost) AS billed, sum(EffectiveCost) AS effective, count(*) AS row_count "
        f"FROM {{lake}} AS line {rules.joins()} GROUP BY ALL ORDER BY ALL"
    )


def payments_query(rules: Rules) -> str:
    """Return SQL over ``{lake}`` for single payments: the keys, the amount and the days paid for."""
    days = "ChargePeriodStart::DATE, ChargePeriodEnd::DATE"
    return f"SELECT {_keys(rules)}, EffectiveCost, {days} FROM {{lake}} AS line {rules.joins()} ORDER BY ALL"  # noqa: S608


PAID_FOR = (
    "CASE WHEN x_fiscal_year IS NULL THEN line.month = $paid_for "
    "ELSE ChargePeriodStart < $paid_for_end AND ChargePeriodEnd > $paid_for_start END"
)
"""Lines that the amortised roll-up counts in a month; only a ledger's lines name a fiscal year."""


def lines_query(
    rules: Rules,
    columns: Sequence[str],
    *,
    has_system: bool = False,
    has_categories: bool = False,
    has_paid_for: bool = False,
) -> str:
    """Return SQL over ``{lake}`` for single lines.

    Args:
        has_system: only those of ``$system``.
        has_categories: only those of ``$categories``.
        has_paid_for: only those that pay for the month ``$paid_for`` (``PAID_FOR``).
    """
    chosen = ", ".join(f"line.{identifier(column)}" for column in columns)
    conditions = [f"{rules.system()} = $system"] if has_system else []
    if has_categories:
        conditions.append(
            "coalesce(line.x_cost_category, 'other') IN (SELECT unnest($categories::VARCHAR[]))"
        )
    conditions += [PAID_FOR] if has_paid_for else []
    only = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {chosen} FROM {{lake}} AS line {rules.joins()} {only} ORDER BY ALL"  # noqa: S608


def spending_query(rules: Rules) -> str:
    """Return SQL over ``{lake}`` for billed amounts by system, 経費区分, provider, contract and month.

    The last column tells whether the payments come from a ledger, which holds those of many providers.
    """
    return (
        f"SELECT left({rules.system()}, 80) AS system_code, coalesce(x_cost_category, 'other'), "  # noqa: S608
        "coalesce(x_provider, ''), coalesce(x_contract_number, ''), BillingCurrency, line.month, "
        f"sum(BilledCost), coalesce(starts_with(x_part, {literal(LEDGER_PART)}), false) AS is_ledger "
        f"FROM {{lake}} AS line {rules.joins()} GROUP BY ALL ORDER BY ALL"
    )
