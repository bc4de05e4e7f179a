"""What was spent of a fiscal year's budget: SQL over bill lines, and how spending stands beside the year.

A ledger line belongs to the 年度 that it names, whenever it was paid: until 31 May payments may still be
booked to the year before (出納整理期間). A line that names none belongs to the fiscal year of its month.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from yui.kernel.lake.reading import identifier
from yui.transition.costs.engine.roll_up import Rules

TOO_FAST = Fraction(1, 10)
"""How far the part spent may run ahead of the part of the year before a reader is told."""

_YEAR_OF_MONTH = (
    "CAST(CAST(left(line.month, 4) AS INTEGER) - CAST(right(line.month, 2) < '04' AS INTEGER) AS VARCHAR)"
)
FISCAL_YEAR = f"coalesce(line.x_fiscal_year, {_YEAR_OF_MONTH})"
APPLIED = "json_extract(line.ContractApplied, '$.Elements[*]')"
COMMITMENT_OF_ELEMENT = "json_extract_string(element, '$.ContractCommitmentId')"


class Pace(StrEnum):
    """How spending stands beside its budget."""

    OVER = "over"
    UNPLANNED = "unplanned"
    FAST = "fast"
    WITHIN = "within"
    FINISHED = "finished"
    UNKNOWN = "unknown"


def pace_of(budget: int, spent: int | None, elapsed: Fraction) -> Pace:
    """Return how spending stands; ``elapsed`` is the part of the year that the bills cover."""
    if spent is None:
        return Pace.UNKNOWN
    if spent > budget:
        return Pace.OVER if budget > 0 else Pace.UNPLANNED
    if elapsed >= 1:
        return Pace.FINISHED
    if budget and Fraction(spent, budget) > elapsed + TOO_FAST:
        return Pace.FAST
    return Pace.WITHIN


@dataclass(frozen=True)
class Behind:
    """Which lines stand behind a figure; ``None`` sets no limit.

    Attributes:
        commitment: lines whose commitment discount or applied contract names it.
        is_unused: with ``commitment``: only what the provider marks as unused (else only what is used).
    """

    fiscal_year: str | None = None
    system: str | None = None
    category: str | None = None
    contract: str | None = None
    commitment: str | None = None
    is_unused: bool = False

    def conditions(self, rules: Rules) -> str:
        """Return SQL for the conditions, ``true`` without any."""
        named = {
            "fiscal_year": f"{FISCAL_YEAR} = $fiscal_year",
            "system": f"left({rules.system()}, 80) = $system",
            "category": "coalesce(line.x_cost_category, 'other') = $category",
            "contract": "line.x_contract_number = $contract",
            "commitment": f"{_names_commitment()} AND {_state(is_unused=self.is_unused)}",
        }
        return " AND ".join(named[name] for name in self.parameters()) or "true"

    def parameters(self) -> dict[str, Any]:
        """Return the parameters of the conditions."""
        names = ("fiscal_year", "system", "category", "contract", "commitment")
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}


def _names_commitment() -> str:
    return (
        "(line.CommitmentDiscountId = $commitment OR (json_valid(line.ContractApplied) AND "
        f"list_contains(list_transform({APPLIED}, lambda element: {COMMITMENT_OF_ELEMENT}), $commitment)))"
    )


def _state(*, is_unused: bool) -> str:
    """Return SQL for lines of use, or for what the provider marks as unused; purchases are neither."""
    if is_unused:
        return "line.CommitmentDiscountStatus = 'Unused'"
    return "line.ChargeCategory = 'Usage' AND coalesce(line.CommitmentDiscountStatus, '') <> 'Unused'"


def spent_query(rules: Rules, groups: Mapping[str, str], behind: Behind) -> str:
    """Return SQL over ``{lake}`` for exact sums by ``groups`` (name to SQL), currency and month."""
    keys = "".join(f"{sql} AS {name}, " for name, sql in groups.items())
    return (
        f"SELECT {keys}line.BillingCurrency AS currency, line.month AS month, "  # noqa: S608
        "sum(line.BilledCost) AS billed, count(*) AS row_count "
        f"FROM {{lake}} AS line {rules.joins()} WHERE {behind.conditions(rules)} GROUP BY ALL ORDER BY ALL"
    )


def groups_of(rules: Rules) -> dict[str, str]:
    """Return the groups of a budget: system and 経費区分."""
    return {
        "system": f"left({rules.system()}, 80)",
        "category": "coalesce(line.x_cost_category, 'other')",
    }


def behind_lines_query(rules: Rules, columns: Sequence[str], behind: Behind) -> str:
    """Return SQL over ``{lake}`` for the single lines behind a figure."""
    chosen = ", ".join(f"line.{identifier(column)}" for column in columns)
    return (
        f"SELECT {chosen} FROM {{lake}} AS line {rules.joins()} "  # noqa: S608
        f"WHERE {behind.conditions(rules)} ORDER BY ALL"
    )


def commitments_query() -> str:
    """Return SQL over ``{lake}`` (commitments): the newest row of each, and what it promises."""
    return (
        "SELECT organisation, ContractCommitmentId, ContractId, ContractCommitmentDescription, "
        "ContractCommitmentCategory, ContractCommitmentType, ContractCommitmentPeriodStart, "
        "ContractCommitmentPeriodEnd, ContractCommitmentCost, ContractCommitmentQuantity, "
        "ContractCommitmentUnit, BillingCurrency FROM {lake} QUALIFY row_number() OVER ("
        "PARTITION BY organisation, ContractCommitmentId "
        "ORDER BY ContractCommitmentLastUpdated DESC NULLS LAST, x_month DESC, x_part) = 1 "
        "ORDER BY organisation, ContractCommitmentPeriodEnd, ContractCommitmentId"
    )


def applied_query() -> str:
    """Return SQL over ``{lake}`` (charges): what was used and left unused of each commitment, by month.

    What a line applies is told by ``ContractApplied`` (FOCUS 1.3), else by its commitment discount.
    """
    used, unused = _state(is_unused=False), _state(is_unused=True)
    amount = "TRY_CAST(json_extract_string(element, '$.ContractCommitmentApplied{}') AS DECIMAL(38, 18))"
    return (
        f"WITH elements AS (SELECT line.organisation, line.month, line.BillingCurrency AS currency, "  # noqa: S608
        f"unnest({APPLIED}) AS element FROM {{lake}} AS line "
        f"WHERE json_valid(line.ContractApplied) AND {used}), "
        "lines AS ("
        f"SELECT organisation, {COMMITMENT_OF_ELEMENT} AS commitment, currency, month, "
        f"{amount.format('Cost')} AS cost, {amount.format('Quantity')} AS quantity, false AS is_unused "
        "FROM elements UNION ALL "
        "SELECT line.organisation, line.CommitmentDiscountId, line.BillingCurrency, line.month, "
        f"line.EffectiveCost, line.CommitmentDiscountQuantity, {unused} "
        "FROM {lake} AS line WHERE line.CommitmentDiscountId IS NOT NULL AND "
        f"({unused} OR (line.ContractApplied IS NULL AND {used}))) "
        "SELECT organisation, commitment, currency, month, is_unused, coalesce(sum(cost), 0), "
        "coalesce(sum(quantity), 0), count(*) FROM lines WHERE commitment IS NOT NULL "
        "GROUP BY ALL ORDER BY ALL"
    )
