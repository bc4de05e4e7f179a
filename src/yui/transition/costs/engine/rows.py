"""What is wrong with a row, and what a file became."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal
from pathlib import Path

from yui.transition.costs.formats.problems import RowProblem

Amounts = Mapping[str, Decimal]
"""Exact amounts by currency (ISO 4217)."""

# The default context keeps 28 digits, which a sum of amounts with 18 decimals can outgrow.
EXACT = Context(prec=80)


@dataclass(frozen=True)
class BillShare:
    """The rows of one billing account in one month, as a Parquet file waiting to be staged.

    Attributes:
        month: ``YYYY-MM``, the month in Tokyo in which the billing period starts.
        key: provider and billing account in one text; what a correction replaces.
        billed, effective: exact sums by currency.
    """

    month: str
    key: str
    provider: str
    account: str
    path: Path
    rows: int
    billed: Amounts
    effective: Amounts


@dataclass(frozen=True)
class ConvertedBill:
    """A whole file, ready for the lake.

    Attributes:
        kind: ``focus``, ``commitment`` or ``ledger``.
        version: of FOCUS; empty for a ledger.
        rows_rejected: rows that could not be taken; ``problems`` lists the first of them.
        notes: what the reader should know although nothing was refused.
    """

    kind: str
    version: str
    rows_accepted: int
    rows_rejected: int
    shares: tuple[BillShare, ...]
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()
    billed: Amounts = field(default_factory=dict)
    effective: Amounts = field(default_factory=dict)

    @property
    def rows_read(self) -> int:
        """All data rows of the file."""
        return self.rows_accepted + self.rows_rejected


def add_amounts(total: dict[str, Decimal], more: Amounts) -> None:
    """Add ``more`` to ``total``, currency by currency."""
    for currency, amount in more.items():
        total[currency] = EXACT.add(total.get(currency, Decimal(0)), amount)


def amounts_as_text(amounts: Amounts) -> dict[str, str]:
    """Return amounts by currency as exact texts without idle zeros."""
    return {currency: exact_text(amount) for currency, amount in sorted(amounts.items())}


def grouped_text(amount: Decimal | str) -> str:
    """Return an exact amount for reading: thousands apart, no idle zeros."""
    return f"{Decimal(exact_text(Decimal(amount))):,f}"


def exact_text(amount: Decimal) -> str:
    """Return a decimal in plain notation without idle zeros after the point."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
