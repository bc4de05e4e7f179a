"""What a version would divide, shown before it is approved and after."""

from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from yui.kernel.calendar_jp import Month
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.allocation_rules import BasisMissing
from yui.transition.costs.engine.rows import EXACT, add_amounts, grouped_text
from yui.transition.costs.models import AllocatedCost, AllocationRuleVersion, MonthlyCost
from yui.transition.costs.queries.allocation_book import Book, Receiver, open_book

Sums = dict[str, Decimal]
Decided = dict[str, list[MonthlyCost]]
EARLIEST = Month(1900, 1)


@dataclass(frozen=True)
class PreviewRow:
    """One receiver: what he is weighed by, and his amounts by currency."""

    receiver: Receiver
    amounts: tuple[tuple[str, str], ...]

    @property
    def organisation(self) -> Organisation:
        """Who receives."""
        return self.receiver.organisation

    @property
    def percent(self) -> str:
        """The ratio in percent with four decimals."""
        return f"{self.receiver.ratio * 100:.4f}%"


@dataclass(frozen=True)
class Preview:
    """A version in one month.

    Attributes:
        months: every month with costs that the version would decide on, newest first.
        source: exact sums of those costs by currency, as text for reading.
        shared: the same of the shares.
        ratio_sum: the sum of all ratios, exactly 1.
        problem: what is missing where nothing can be divided.
        is_trial: whether the version is tried on earlier costs, as its own months have none yet.
    """

    month: str
    months: tuple[str, ...]
    rows: tuple[PreviewRow, ...] = ()
    source: tuple[tuple[str, str], ...] = ()
    shared: tuple[tuple[str, str], ...] = ()
    ratio_sum: Decimal = Decimal(0)
    problem: BasisMissing | None = None
    is_trial: bool = False

    @property
    def adds_up(self) -> bool:
        """Whether the shares are exactly the costs, and the ratios exactly 1."""
        return bool(self.rows) and self.source == self.shared and self.ratio_sum == 1


def preview_of(version: AllocationRuleVersion, month: str = "") -> Preview:
    """Return what ``version`` (read with its rule) divides in ``month``, else in the newest month with costs.

    For callers who may see the version. The computation is the one by which costs are allocated. A version
    that begins after the newest costs is tried on all earlier ones.
    """
    book = open_book(version.organisation, extra=version)
    decided = _decided(book, version)
    tried = version
    if not decided:
        tried = copy(version)
        tried.valid_from, tried.valid_to = str(EARLIEST), ""
        book = open_book(version.organisation, extra=tried)
        decided = _decided(book, tried)
    months = tuple(sorted(decided, reverse=True))
    if not months:
        return Preview(version.valid_from, months, **_ratios_only(book, version))
    return replace(_of_month(book, tried, decided, month, months), is_trial=tried is not version)


def _of_month(
    book: Book, version: AllocationRuleVersion, decided: Decided, month: str, months: tuple[str, ...]
) -> Preview:
    chosen = month if month in decided else months[0]
    try:
        receivers = book.receivers(version, chosen)
    except BasisMissing as error:
        return Preview(chosen, months, source=_texts(_sum(decided[chosen])), problem=error)
    shares = [share for cost in decided[chosen] for share in book.allocated(cost, version)]
    by_receiver: dict[int, Sums] = {}
    for share in shares:
        add_amounts(
            by_receiver.setdefault(share.organisation_id, {}), {share.currency: Decimal(share.billed)}
        )
    rows = tuple(
        PreviewRow(receiver, _texts(by_receiver.get(receiver.organisation.pk, {}))) for receiver in receivers
    )
    return Preview(
        chosen,
        months,
        rows,
        _texts(_sum(decided[chosen])),
        _texts(_sum(shares)),
        _total(receivers),
    )


def _decided(book: Book, version: AllocationRuleVersion) -> Decided:
    """Return the costs on which the version decides, by month."""
    costs = MonthlyCost.objects.owned_by(version.organisation).filter(month__gte=version.valid_from)
    if version.valid_to:
        costs = costs.filter(month__lte=version.valid_to)
    found: Decided = {}
    for cost in costs.select_related("part").order_by("pk"):
        decider = book.version_for(cost)
        if decider is not None and decider.pk == version.pk:
            found.setdefault(cost.month, []).append(cost)
    return found


def _ratios_only(book: Book, version: AllocationRuleVersion) -> dict[str, Any]:
    """Return the ratios of a version whose costs have not come in yet."""
    try:
        receivers = book.receivers(version, version.valid_from)
    except BasisMissing as error:
        return {"problem": error}
    return {"rows": tuple(PreviewRow(receiver, ()) for receiver in receivers), "ratio_sum": _total(receivers)}


def _total(receivers: tuple[Receiver, ...]) -> Decimal:
    total = Decimal(0)
    for receiver in receivers:
        total = EXACT.add(total, receiver.ratio)
    return total


def _sum(rows: list[MonthlyCost] | list[AllocatedCost]) -> Sums:
    total: Sums = {}
    for row in rows:
        add_amounts(total, {row.currency: Decimal(row.billed)})
    return total


def _texts(amounts: Sums) -> tuple[tuple[str, str], ...]:
    return tuple((currency, grouped_text(amount)) for currency, amount in sorted(amounts.items()))
