"""約束と使用: what was promised to providers, and how much of it was used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Max, Min

from yui.kernel.calendar_jp import FiscalYear, Month
from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.money import percent, round_half_up, whole_yen
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.registry.public import ContractSummary, contracts_of
from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.engine.spending import applied_query, commitments_query
from yui.transition.costs.facts import CHARGES, COMMITMENTS
from yui.transition.costs.models import BillKind, BillPart
from yui.transition.costs.queries.lines import reach_of
from yui.transition.costs.queries.rates import YEN, Rates
from yui.transition.costs.queries.spending import spent_by_contract

SOON_DAYS = 180
NOTHING = Decimal(0)


@dataclass
class Applied:
    """What lines tell of one commitment."""

    cost: Decimal = NOTHING
    quantity: Decimal = NOTHING
    unused_cost: Decimal = NOTHING
    unused_quantity: Decimal = NOTHING
    marks_unused: bool = False
    rows: int = 0
    newest: str = ""


@dataclass(frozen=True)
class Commitment:
    """One commitment and its use.

    Attributes:
        elapsed: the part of its period that the bills cover.
        coverage: percent of what was promised so far that was used; ``None`` where nothing was promised.
        unused_yen: what was promised and not used, in yen at the rate of the newest month with use; ``None``
            while that rate is missing or nothing is promised.
        is_told: whether the provider marks unused lines; else it is promised so far less used.
    """

    ward: Organisation
    identifier: str
    contract: str
    description: str
    category: str
    starts_on: date
    ends_on: date
    cost: Decimal | None
    quantity: Decimal | None
    unit: str
    currency: str
    applied: Applied
    elapsed: Fraction
    coverage: Decimal | None
    unused_yen: int | None
    is_told: bool

    @property
    def counts_quantity(self) -> bool:
        """Whether a quantity is promised rather than money."""
        return self.quantity is not None and self.category == "Usage"


@dataclass(frozen=True)
class ContractUse:
    """A contract of the register beside what was billed under its number in a fiscal year."""

    ward: Organisation
    contract: ContractSummary | None
    number: str
    billed: int | None
    has_lines: bool
    days_left: int | None

    @property
    def share(self) -> Decimal | None:
        """Billed in percent of the yearly amount."""
        if self.contract is None or self.billed is None:
            return None
        share = percent(self.billed, self.contract.annual_yen)
        return None if share is None else round_half_up(share, 1)

    @property
    def ends_soon(self) -> bool:
        """Whether the contract ends within half a year."""
        return self.days_left is not None and 0 <= self.days_left <= SOON_DAYS


Covered = dict[str, tuple[str, str]]
"""First and last month with a cloud bill, by the code of the organisation."""


def commitments_for(actor: Actor, ward: str = "") -> list[Commitment]:
    """Return every commitment that ``actor`` may see, the ones that end first at the top."""
    reach, codes = reach_of(actor), [ward] if ward else None
    rows = fetch_rows(commitments_query(), {"lake": Source(COMMITMENTS, reach, organisations=codes)})
    if not rows:
        return []
    wards = {organisation.code: organisation for organisation in Organisation.objects.all()}
    # Only the organisations with a commitment have anything to look for among their lines.
    having = sorted({row[0] for row in rows})
    uses = _uses(fetch_rows(applied_query(), {"lake": Source(CHARGES, reach, organisations=having)}))
    covered, rates = _covered(actor), Rates.load()
    return [_commitment(row, wards[row[0]], uses, covered, rates) for row in rows]


def _covered(actor: Actor) -> Covered:
    """Return the months of which there are cloud bills; what was promised outside them is not looked at."""
    parts = BillPart.objects.visible_to(actor).filter(
        bill__kind=BillKind.FOCUS, bill__withdrawn_at__isnull=True, superseded_at__isnull=True
    )
    found = parts.order_by().values_list("bill__organisation__code").annotate(Min("month"), Max("month"))
    return {code: (first, last) for code, first, last in found}


def _uses(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[str, str], Applied]:
    """Add up rows of (organisation, commitment, currency, month, is unused, cost, quantity, lines)."""
    found: dict[tuple[str, str], Applied] = {}
    for organisation, commitment, _currency, month, is_unused, cost, quantity, lines in rows:
        applied = found.setdefault((organisation, commitment), Applied())
        if is_unused:
            applied.marks_unused = True
            applied.unused_cost = EXACT.add(applied.unused_cost, cost)
            applied.unused_quantity = EXACT.add(applied.unused_quantity, quantity)
        else:
            applied.cost = EXACT.add(applied.cost, cost)
            applied.quantity = EXACT.add(applied.quantity, quantity)
            applied.rows += lines
        applied.newest = max(applied.newest, month)
    return found


def _commitment(
    row: tuple[Any, ...],
    ward: Organisation,
    uses: dict[tuple[str, str], Applied],
    covered: Covered,
    rates: Rates,
) -> Commitment:
    """Return one commitment beside its use."""
    _code, identifier, contract, text, category, kind, start, end, cost, quantity, unit, currency = row
    applied = uses.get((ward.code, identifier), Applied())
    starts_on, ends_on = start.date(), _day(end or start)
    elapsed = _elapsed(starts_on, ends_on, covered.get(ward.code))
    counts = category == "Usage" and quantity is not None
    promised, used = (quantity, applied.quantity) if counts else (cost, applied.cost)
    due = None if promised is None else Fraction(promised) * elapsed
    unused = _unused(applied, due, Fraction(used), Fraction(cost or 0) / Fraction(promised or 1))
    rate = Decimal(1) if currency == YEN else rates.by_currency_and_month.get((currency, applied.newest))
    return Commitment(
        ward,
        identifier,
        contract or "",
        text or kind or "",
        category or "",
        starts_on,
        ends_on,
        cost,
        quantity,
        unit or "",
        currency or "",
        applied,
        elapsed,
        _percent(Fraction(used), due),
        None if unused is None or rate is None else _whole(unused * Fraction(rate)),
        applied.marks_unused,
    )


def _unused(applied: Applied, due: Fraction | None, used: Fraction, price: Fraction) -> Fraction | None:
    """Return the cost of what was not used, in the currency of the commitment."""
    if applied.marks_unused:
        return Fraction(applied.unused_cost)
    return None if due is None else max(due - used, Fraction(0)) * price


def _elapsed(start: date, end: date, months: tuple[str, str] | None) -> Fraction:
    """Return the part of the period that lies in the months with bills."""
    if months is None or end <= start:
        return Fraction(0)
    since = max(Month.parse(months[0]).first_day, start)
    until = min(Month.parse(months[1]).next().first_day, end)
    return Fraction(max((until - since).days, 0), (end - start).days)


def _day(moment: datetime) -> date:
    return moment.date()


def _percent(used: Fraction, due: Fraction | None) -> Decimal | None:
    return None if not due else round_half_up(Decimal(round(used / due * 10_000)) / 100, 1)


def _whole(yen: Fraction) -> int:
    return whole_yen(EXACT.divide(Decimal(yen.numerator), Decimal(yen.denominator)))


def contracts_in_use(actor: Actor, ward: Organisation, year: FiscalYear, day: date) -> list[ContractUse]:
    """Return the contracts of the register in force in ``year``, and billed numbers that it does not know."""
    billed = {key[0]: spent for key, spent in spent_by_contract(actor, ward, year).items()}
    known = {
        contract.number: contract
        for contract in contracts_of(actor, ward)
        if contract.starts_on <= year.end and contract.ends_on >= year.start
    }
    found = []
    for number in sorted({*known, *billed}):
        contract, spent = known.get(number), billed.get(number)
        yen = spent.whole.yen if spent else NOTHING
        days = (contract.ends_on - day).days if contract else None
        found.append(
            ContractUse(
                ward, contract, number, None if yen is None else whole_yen(yen), spent is not None, days
            )
        )
    return sorted(found, key=lambda use: (use.days_left is None, use.days_left or 0, use.number))
