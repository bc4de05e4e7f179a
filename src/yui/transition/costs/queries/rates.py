"""Turning foreign amounts into yen, or saying why that cannot be done."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.models import ExchangeRate

YEN = "JPY"


@dataclass
class YenSum:
    """A sum in yen of amounts in any currency; unknown once a rate is missing.

    Attributes:
        missing: the (currency, month) pairs whose rate is not known.
        rows: bill lines summed.
    """

    known: Decimal = Decimal(0)
    missing: set[tuple[str, str]] = field(default_factory=set)
    rows: int = 0

    @property
    def yen(self) -> Decimal | None:
        """The exact sum in yen, ``None`` while a rate is missing."""
        return None if self.missing else self.known

    def add(self, other: "YenSum") -> None:
        """Add another sum to this one."""
        self.known = EXACT.add(self.known, other.known)
        self.missing |= other.missing
        self.rows += other.rows


@dataclass(frozen=True)
class Rates:
    """Yen for one unit of a currency in a month."""

    by_currency_and_month: dict[tuple[str, str], Decimal]

    @classmethod
    def load(cls, months: Iterable[str] | None = None) -> "Rates":
        """Read the rates of ``months`` (of all when ``None``)."""
        rates = ExchangeRate.objects.all()
        if months is not None:
            rates = rates.filter(month__in=sorted(set(months)))
        found = rates.values_list("currency", "month", "yen_per_unit")
        return cls({(currency, month): rate for currency, month, rate in found})

    @classmethod
    def constant(cls, base_rates: Iterable[tuple[str, Decimal]], months: Iterable[str]) -> "Rates":
        """Return the same base rates for each of ``months``, so that a series is free of exchange rates."""
        fixed, wanted = list(base_rates), sorted(set(months))
        return cls({(currency, month): rate for currency, rate in fixed for month in wanted})

    def add(self, total: YenSum, amount: Decimal, currency: str, month: str, rows: int = 0) -> None:
        """Add ``amount`` to ``total`` at its month's rate, unrounded; note a rate that is missing."""
        total.rows += rows
        rate = Decimal(1) if currency == YEN else self.by_currency_and_month.get((currency, month))
        if rate is None:
            total.missing.add((currency, month))
        else:
            total.known = EXACT.fma(amount, rate, total.known)
