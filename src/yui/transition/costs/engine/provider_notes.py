"""Looks at the converted rows of a provider's bill for what a reader should know."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from yui.transition.costs.engine.rows import amounts_as_text
from yui.transition.costs.formats.providers import notes
from yui.transition.costs.formats.providers.tables import ProviderTable

if TYPE_CHECKING:
    import duckdb

COVERED = {
    "savingsplancoveredusage": "savings_plan_savings_plan_effective_cost",
    "discountedusage": "reservation_effective_cost",
}
FEES = {
    "rifee": "reservation_unused_recurring_fee",
    "savingsplanrecurringfee": "savings_plan_used_commitment",
}


def notes_about_rows(
    database: "duckdb.DuckDBPyConnection", table: ProviderTable, paths: Sequence[str], columns: set[str]
) -> list[str]:
    """Return sentences about split rows, unknown words, corrections and commitments.

    Args:
        paths: the converted Parquet files.
        columns: the provider's columns that the file has.
    """
    asked = _Asked(database, paths)
    types = asked.counts("x_charge_type", "x_split IS NULL") if table.charge_type else {}
    unknown = {word: count for word, count in types.items() if word.lower() not in table.charge_types}
    found = [notes.unknown_types_note(unknown)] if unknown else []
    services = asked.counts("'other'", "x_split IS NULL AND ServiceCategory = 'Other'")
    found += [notes.unknown_services_note(count) for count in services.values()]
    found += [
        notes.split_note(name, count)
        for name, count in asked.counts("x_split", "x_split IS NOT NULL").items()
    ]
    corrections = asked.counts("ChargeClass", "ChargeClass = 'Correction'")
    found += [notes.corrections_note(count) for count in corrections.values()]
    if table.code == "aws-cur":
        found += _about_aws(asked, {word.lower() for word in types}, columns)
    if table.code == "azure":
        found += _about_azure(asked)
    return found


class _Asked:
    """Questions to the converted rows."""

    def __init__(self, database: "duckdb.DuckDBPyConnection", paths: Sequence[str]) -> None:
        self._database, self._paths = database, list(paths)

    def counts(self, column: str, condition: str) -> dict[str, int]:
        """Return how many rows there are of each value of ``column``."""
        return dict(self._rows(f"SELECT {column}, count(*)", f"{condition} AND {column} IS NOT NULL"))

    def sums(self, amount: str, condition: str) -> str:
        """Return the sums of ``amount`` by currency that are not zero, in words."""
        rows = self._rows(f"SELECT BillingCurrency, sum({amount})", condition)
        texts = amounts_as_text({currency: total for currency, total in rows if total})
        return "、".join(f"{amount} {currency}" for currency, amount in texts.items())

    def _rows(self, select: str, condition: str) -> list[tuple[Any, ...]]:
        query = f"{select} FROM read_parquet($paths) WHERE {condition} GROUP BY 1 ORDER BY 2 DESC, 1"
        return self._database.execute(query, {"paths": self._paths}).fetchall()


def _about_aws(asked: _Asked, types: set[str], columns: set[str]) -> list[str]:
    absent = [column for word, column in (COVERED | FEES).items() if word in types and column not in columns]
    found = [notes.absent_columns_note(absent)] if absent else []
    difference = asked.sums("TRY_CAST(x_on_demand_cost AS DECIMAL(38, 18))", "x_on_demand_cost IS NOT NULL")
    return found + ([notes.negation_note(difference)] if difference else [])


def _about_azure(asked: _Asked) -> list[str]:
    bought = asked.sums("BilledCost", "ChargeCategory = 'Purchase' AND EffectiveCost = 0 AND BilledCost <> 0")
    covered = asked.sums("EffectiveCost", "CommitmentDiscountStatus IS NOT NULL AND BilledCost = 0")
    found = [notes.bought_commitments_note(bought)] if bought else []
    return found + ([notes.amortised_note(covered)] if covered else [])
