"""Bill lines beside invoices and payments, by organisation, provider, billing account, month and currency.

A foreign bill whose invoice or payment is in yen is compared in yen: its lines count at the rate of their
month. Only bills of providers are compared; the 契約・支出 ledger is itself a list of payments.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import Month
from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.measures.values import EvidenceColumn
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.scope.querysets import ScopedQuerySet
from yui.transition.costs.engine.reconciliation import Cause, Explained, explain
from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.models import BillKind, BillPart, InvoiceKind, InvoiceTotal
from yui.transition.costs.queries.lines import COLUMNS, NOBODY, LinesEvidence, evidence_row, reach_of
from yui.transition.costs.queries.rates import YEN, Rates, YenSum

MONTHS_SHOWN = 12
LEDGERS = (BillKind.LEDGER, BillKind.COMMITMENT)
CAUSES: dict[Cause, str | Promise] = {
    Cause.TAX: _("請求書に税が入っていない"),
    Cause.CREDIT: _("請求書はクレジットを引く前の額"),
    Cause.ADJUSTMENT: _("請求書に調整が入っていない"),
    Cause.PURCHASE: _("請求書に購入が入っていない"),
    Cause.CONSUMPTION_TAX: _("明細に消費税(10%)が入っていない"),
    Cause.ROUNDING: _("端数の処理"),
    Cause.EXCHANGE: _("為替レートの違い"),
    Cause.UNEXPLAINED: _("説明できない差"),
}
CATEGORIES: dict[str, str | Promise] = {
    "Usage": _("利用"),
    "Purchase": _("購入"),
    "Tax": _("税"),
    "Credit": _("クレジット"),
    "Adjustment": _("調整"),
}
STATES: dict[str, str | Promise] = {
    "matched": _("一致"),
    "explained": _("差を説明できる"),
    "unexplained": _("説明できない差"),
    "no_invoice": _("請求書がない"),
    "no_lines": _("明細がない"),
}
Key = tuple[str, str, str, str]
"""Organisation code, provider, billing account, month."""


@dataclass(frozen=True)
class Reconciled:
    """Bill lines beside what was invoiced and paid.

    Attributes:
        part: the key under which the lines lie in the lake, empty without lines.
        lines: exact sum of the lines in ``currency``; ``None`` without lines, or without their month's rate.
        converted: currency and amount of the lines before they were turned into yen.
        invoiced, paid: sums of invoices and of payments, ``None`` without any.
        causes: why the invoice (or, without one, the payment) differs; they add up to exactly ``difference``.
    """

    ward: Organisation
    provider: str
    account: str
    month: str
    currency: str
    part: str = ""
    lines: Decimal | None = None
    rows: int = 0
    converted: tuple[str, Decimal] | None = None
    invoiced: Decimal | None = None
    paid: Decimal | None = None
    invoices: tuple[InvoiceTotal, ...] = ()
    causes: tuple[Explained, ...] = ()

    @property
    def expected(self) -> Decimal | None:
        """What the lines are compared with: the invoices, else the payments."""
        return self.paid if self.invoiced is None else self.invoiced

    @property
    def difference(self) -> Decimal | None:
        """Invoice (or payment) less lines, exact."""
        if self.lines is None or self.expected is None:
            return None
        return EXACT.subtract(self.expected, self.lines)

    @property
    def unpaid(self) -> Decimal | None:
        """Invoice less payment."""
        if self.invoiced is None or self.paid is None:
            return None
        return EXACT.subtract(self.invoiced, self.paid)

    @property
    def state(self) -> str:
        """One of ``STATES``."""
        if self.expected is None:
            return "no_invoice"
        if not self.part:
            return "no_lines"
        if self.lines is None or any(each.cause is Cause.UNEXPLAINED for each in self.causes):
            return "unexplained"
        return "explained" if self.causes else "matched"


@dataclass
class _Sides:
    """What is known of one organisation, provider, account and month, by currency."""

    ward: Organisation
    part: str = ""
    rows: int = 0
    lines: dict[str, Decimal] = field(default_factory=dict)
    totals: dict[str, list[InvoiceTotal]] = field(default_factory=dict)


def span_of(actor: Actor, first: Month | None, last: Month | None) -> tuple[Month, Month] | None:
    """Return the months to show: those asked for, else the last twelve with bills or invoices."""
    months = [
        records.order_by("-month").values_list("month", flat=True).first()
        for records in (_parts(actor), InvoiceTotal.objects.visible_to(actor))
    ]
    latest = max(filter(None, months), default=None)
    if latest is None and (first is None or last is None):
        return None
    end = last or Month.parse(latest or str(first))
    start = first or end.shift(1 - MONTHS_SHOWN)
    return (start, end) if start <= end else (end, start)


def reconciled(actor: Actor, first: Month, last: Month, *, ward: str = "") -> list[Reconciled]:
    """Return every pair of bill and invoice that ``actor`` may see, newest month first."""
    sides = _sides(actor, str(first), str(last), ward)
    rates = Rates.load(month for _code, _provider, _account, month in sides)
    rows = [row for key, each in sides.items() for row in _rows_of(key, each, rates)]
    rows = _explained(actor, rows, rates)
    rows.sort(key=lambda row: (row.ward.sort_order, row.provider, row.account, row.currency))
    rows.sort(key=lambda row: row.month, reverse=True)
    return rows


def tied_share(rows: Sequence[Reconciled]) -> Decimal | None:
    """Return the share of billed yen whose invoice matches or differs for a known reason."""
    rates = Rates.load(row.month for row in rows)
    tied, whole = YenSum(), YenSum()
    bills: dict[tuple[str, str, str, str], list[Reconciled]] = {}
    for row in rows:
        if row.part:
            currency = row.converted[0] if row.converted else row.currency
            bills.setdefault((row.ward.code, row.part, row.month, currency), []).append(row)
    for (_code, _part, month, currency), compared in bills.items():
        amount = compared[0].converted[1] if compared[0].converted else compared[0].lines or Decimal(0)
        rates.add(whole, abs(amount), currency, month)
        if any(row.state in {"matched", "explained"} for row in compared):
            rates.add(tied, abs(amount), currency, month)
    return tied.known / whole.known if whole.known else None


def part_lines(organisation: str, month: str, part: str, category: str = "") -> LinesEvidence:
    """Return the bill lines of one billing account and month, with ``category`` only those of it."""
    chosen = ", ".join(f'line."{name}"' for name, _title in COLUMNS)
    only = "AND ChargeCategory = $category" if category else ""
    return LinesEvidence(
        sql=f"SELECT {chosen} FROM {{lake}} AS line WHERE x_part = $part {only} ORDER BY ALL",  # noqa: S608
        source=Source(CHARGES, NOBODY, organisations=[organisation], months=[month]),
        columns=tuple(EvidenceColumn(name, title) for name, title in COLUMNS),
        row=evidence_row,
        parameters={"part": part} | ({"category": category} if category else {}),
        reach=reach_of,
    )


def category_sums(
    actor: Actor, organisations: Iterable[str], months: Iterable[str]
) -> dict[tuple[str, str, str, str], dict[str, Decimal]]:
    """Return BilledCost by ChargeCategory for each organisation, part, month and currency."""
    query = (
        "SELECT organisation, x_part, month, BillingCurrency, coalesce(ChargeCategory, ''), sum(BilledCost) "
        "FROM {lake} AS line GROUP BY ALL"
    )
    source = Source(
        CHARGES, reach_of(actor), organisations=sorted(set(organisations)), months=sorted(set(months))
    )
    found: dict[tuple[str, str, str, str], dict[str, Decimal]] = {}
    for code, part, month, currency, category, amount in fetch_rows(query, {"lake": source}):
        found.setdefault((code, part, month, currency), {})[category] = amount
    return found


def _parts(actor: Actor) -> ScopedQuerySet:
    parts = BillPart.objects.visible_to(actor).filter(superseded_at__isnull=True)
    return parts.exclude(bill__kind__in=LEDGERS)


def _sides(actor: Actor, first: str, last: str, ward: str) -> dict[Key, _Sides]:
    """Collect both sides by organisation, provider, account and month."""
    found: dict[Key, _Sides] = {}
    parts = _parts(actor).filter(month__gte=first, month__lte=last).select_related("bill__organisation")
    totals = InvoiceTotal.objects.visible_to(actor).filter(month__gte=first, month__lte=last)
    if ward:
        parts = parts.filter(bill__organisation__code=ward)
        totals = totals.filter(organisation__code=ward)
    for part in parts:
        owner = part.bill.organisation
        each = found.setdefault((owner.code, part.provider, part.account, part.month), _Sides(owner))
        each.part, each.rows = part.key, each.rows + part.rows
        for currency, amount in part.billed.items():
            each.lines[currency] = EXACT.add(each.lines.get(currency, Decimal(0)), Decimal(amount))
    for total in totals.select_related("organisation"):
        owner = total.organisation
        each = found.setdefault((owner.code, total.provider, total.account, total.month), _Sides(owner))
        each.totals.setdefault(total.currency, []).append(total)
    return found


def _rows_of(key: Key, sides: _Sides, rates: Rates) -> list[Reconciled]:
    """Return a row per currency; papers in yen for a bill in one foreign currency get its lines in yen."""
    _code, provider, account, month = key
    empty = Reconciled(sides.ward, provider, account, month, YEN, rows=sides.rows)
    foreign = [currency for currency in sides.lines if currency != YEN]
    rows = []
    for currency in sorted({*sides.lines, *sides.totals}):
        row = replace(empty, currency=currency)
        if currency in sides.lines:
            row = replace(row, part=sides.part, lines=sides.lines[currency])
        elif currency == YEN and len(foreign) == 1:
            amount, total = sides.lines[foreign[0]], YenSum()
            rates.add(total, amount, foreign[0], month)
            row = replace(row, part=sides.part, lines=total.yen, converted=(foreign[0], amount))
        rows.append(_with_totals(row, sides.totals.get(currency, [])))
    has_yen = any(row.converted for row in rows)
    # A bill that is compared in yen already does not wait for an invoice in its own currency.
    return [row for row in rows if not (has_yen and row.currency in foreign and row.expected is None)]


def _with_totals(row: Reconciled, totals: Sequence[InvoiceTotal]) -> Reconciled:
    sums: dict[str, Decimal] = {}
    for total in totals:
        sums[total.kind] = EXACT.add(sums.get(total.kind, Decimal(0)), total.exact)
    return replace(
        row,
        invoiced=sums.get(InvoiceKind.INVOICE),
        paid=sums.get(InvoiceKind.DEPOSIT),
        invoices=tuple(totals),
    )


def _explained(actor: Actor, rows: Sequence[Reconciled], rates: Rates) -> list[Reconciled]:
    """Look into the lines of those rows whose two sides differ."""
    differing = [row for row in rows if row.difference]
    if not differing:
        return list(rows)
    sums = category_sums(actor, (row.ward.code for row in differing), (row.month for row in differing))
    return [_with_causes(row, sums, rates) if row.difference else row for row in rows]


def _with_causes(
    row: Reconciled, sums: dict[tuple[str, str, str, str], dict[str, Decimal]], rates: Rates
) -> Reconciled:
    currency = row.converted[0] if row.converted else row.currency
    lines = dict(sums.get((row.ward.code, row.part, row.month, currency), {}))
    if row.converted:
        for category, amount in lines.items():
            total = YenSum()
            rates.add(total, amount, currency, row.month)
            lines[category] = total.known
    # What the roll-up and the lake would not agree on must not vanish in an explanation.
    lines[""] = EXACT.add(
        lines.get("", Decimal(0)), EXACT.subtract(row.lines or Decimal(0), sum(lines.values(), Decimal(0)))
    )
    expected = row.expected or Decimal(0)
    return replace(row, causes=explain(lines, expected, row.currency, is_converted=bool(row.converted)))
