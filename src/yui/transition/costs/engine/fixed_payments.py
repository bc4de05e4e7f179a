"""Payments known beforehand: the same amount at the same interval, as contracts and ledgers show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

INTERVALS = frozenset({1, 2, 3, 4, 6, 12})
YEARLY = 12
SUCCESSOR_WITHIN = 2


@dataclass(frozen=True)
class FixedPattern:
    """The same ``amount`` every ``interval`` months, last paid in ``last`` (months as numbers)."""

    amount: Decimal
    interval: int
    last: int

    def due_in(self, month: int) -> bool:
        """Tell whether a payment is due in a later month."""
        return month > self.last and (month - self.last) % self.interval == 0


@dataclass(frozen=True)
class ContractTerms:
    """What a registered contract promises: yen a year, from its first to its last month (as numbers)."""

    number: str
    vendor: str
    systems: frozenset[str]
    starts: int
    ends: int
    annual_yen: int

    @property
    def monthly_yen(self) -> Decimal:
        """A twelfth of the year's amount, in whole yen."""
        return (Decimal(self.annual_yen) / YEARLY).quantize(Decimal(1))


def find_pattern(amounts: Mapping[int, Decimal], last_billed: int) -> FixedPattern | None:
    """Return the pattern that the newest payments follow, ``None`` where there is none.

    Three equal payments at equal intervals make a pattern, two where they lie a year apart. A payment that is
    overdue in ``last_billed``, the newest month with bills, breaks it.
    """
    paid = sorted(month for month, amount in amounts.items() if amount)
    if len(paid) < 2:
        return None
    interval = paid[-1] - paid[-2]
    needed = 2 if interval == YEARLY else 3
    if interval not in INTERVALS or len(paid) < needed or last_billed - paid[-1] >= interval:
        return None
    newest = paid[-needed:]
    is_even = all(later - earlier == interval for earlier, later in pairwise(newest))
    if not is_even or len({amounts[month] for month in newest}) != 1:
        return None
    return FixedPattern(amounts[paid[-1]], interval, paid[-1])


def schedule(
    pattern: FixedPattern, months: Sequence[int], terms: ContractTerms | None, successor: ContractTerms | None
) -> tuple[tuple[Decimal, ...], bool]:
    """Return the payments of ``months``, and whether some assume that an ending contract goes on unchanged.

    After the last month of the contract its successor's amount is due every month; without a successor the
    same payments are assumed to go on, because systems rarely stop with a contract.
    """
    payments, is_assumed = [], False
    for month in months:
        is_over = terms is not None and month > terms.ends
        if is_over and successor is not None:
            is_running = successor.starts <= month <= successor.ends
            payments.append(successor.monthly_yen if is_running else Decimal(0))
            continue
        is_due = pattern.due_in(month)
        payments.append(pattern.amount if is_due else Decimal(0))
        is_assumed = is_assumed or (is_over and is_due)
    return tuple(payments), is_assumed


def successor_of(terms: ContractTerms, contracts: Iterable[ContractTerms]) -> ContractTerms | None:
    """Return the contract with the same vendor for the same systems that begins when ``terms`` ends."""
    following = [
        each
        for each in contracts
        if each.number != terms.number
        and each.vendor == terms.vendor
        and each.systems & terms.systems
        and 0 < each.starts - terms.ends <= SUCCESSOR_WITHIN
    ]
    return min(following, key=lambda each: (each.starts, each.number), default=None)
