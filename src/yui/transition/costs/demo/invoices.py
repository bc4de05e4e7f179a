"""架空データ: invoices and payments into 保管金 for the newest bills; some differ, some are missing."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from yui.kernel.calendar_jp import Month, Period
from yui.kernel.demonstration import Demonstration
from yui.transition.costs.demo.bills import PROVIDER
from yui.transition.costs.models import BillPart, ExchangeRate, InvoiceKind, InvoiceTotal
from yui.transition.costs.operations.record_invoice import InvoiceFacts, record_invoice

MONTHS = 6
CENT, YEN = Decimal("0.01"), Decimal(1)
PAID_AFTER = timedelta(days=45)


def seed(demo: Demonstration) -> None:
    """Seed the papers of the newest months; a second run finds them there and changes nothing."""
    if not demo.wards or InvoiceTotal.objects.unscoped("seeding once").exists():
        return
    months = [str(month) for month in demo.months[-MONTHS:]]
    parts = BillPart.objects.unscoped("seeding once").filter(
        provider=PROVIDER, month__in=months, superseded_at__isnull=True
    )
    rates = dict(ExchangeRate.objects.filter(currency="USD").values_list("month", "yen_per_unit"))
    for part in parts.select_related("bill__organisation").order_by("month", "pk"):
        # The joint account is billed in yen, and has no papers of its own here.
        if "USD" in part.billed:
            _seed_papers(demo, part, rates.get(part.month))


def _seed_papers(demo: Demonstration, part: BillPart, rate: Decimal | None) -> None:
    """Enter the invoice of a bill, or its payment in yen, or nothing."""
    random = demo.random_for(f"invoice:{part.account}:{part.month}")
    month = Month.parse(part.month)
    if "USD" not in part.billed:
        return
    billed = Decimal(part.billed["USD"])
    draw = random.random()
    if draw < 0.1:
        return
    if draw < 0.6 or rate is None:
        amount = (billed * (Decimal("1.1") if draw < 0.2 else 1)).quantize(CENT, ROUND_HALF_UP)
        _record(demo, part, month, InvoiceKind.INVOICE, "USD", amount)
        return
    shift = Decimal(random.randint(-20, 25)) / 1000
    amount = (billed * rate * (1 + shift)).quantize(YEN, ROUND_HALF_UP)
    _record(demo, part, month, InvoiceKind.DEPOSIT, "JPY", amount)


def _record(
    demo: Demonstration, part: BillPart, month: Month, kind: InvoiceKind, currency: str, amount: Decimal
) -> None:
    is_paid = kind is InvoiceKind.DEPOSIT
    record_invoice(
        demo.actor,
        organisation=part.bill.organisation,
        facts=InvoiceFacts(
            kind=kind,
            provider=part.provider,
            account=part.account,
            month=month,
            currency=currency,
            amount=amount,
            invoice_id="" if is_paid else f"架空-{part.month}",
            paid_on=Period.of_month(month).end + PAID_AFTER if is_paid else None,
        ),
    )
