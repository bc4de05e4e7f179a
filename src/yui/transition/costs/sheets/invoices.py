"""請求書と保管金の払込 as a table that can be taken in."""

from collections.abc import Iterable
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yui.kernel.exchange.formats.cells import CellRejected
from yui.kernel.exchange.importers import (
    ApplyResult,
    ColumnKind,
    ImportColumn,
    ImportContext,
    Importer,
    ImportRow,
)
from yui.kernel.policy import Actor, Verb
from yui.transition.costs.models import InvoiceKind, InvoiceTotal
from yui.transition.costs.operations.record_invoice import InvoiceFacts, record_invoice

LONGEST_AMOUNT = 20
YEN = "JPY"


def currency_code(text: str) -> str:
    """Return a currency in capitals.

    Raises:
        CellRejected: with a sentence that says what to do.
    """
    if len(text) != 3 or not text.isascii() or not text.isalpha():
        raise CellRejected(_("通貨の記号ではありません。"), _("JPY や USD のように3字で書いてください。"))
    return text.upper()


def whole_amount(value: Decimal) -> Decimal:
    """Return an amount that can be kept exactly.

    Raises:
        CellRejected: when it has more digits than money has.
    """
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else LONGEST_AMOUNT
    if decimals > 18 or value.adjusted() >= LONGEST_AMOUNT:
        raise CellRejected(_("桁が多すぎます。"), _("請求書のとおりの金額を書いてください。"))
    return value


COLUMNS = (
    ImportColumn(
        "kind",
        "種類",
        kind=ColumnKind.CHOICE,
        choices=tuple(InvoiceKind.choices),
        choice_aliases={"請求": "invoice", "保管金": "deposit", "払込": "deposit", "保管金払込": "deposit"},
        help=_("空のときは請求書とします。"),
        example="請求書",
    ),
    ImportColumn(
        "provider", "事業者", aliases=("クラウド事業者",), required=True, max_length=200, example="AWS"
    ),
    ImportColumn(
        "account", "請求先", aliases=("請求先アカウント", "アカウント"), required=True, max_length=200
    ),
    ImportColumn("invoice_id", "請求書番号", aliases=("番号",), max_length=120),
    ImportColumn("month", "月", aliases=("対象月", "利用月"), kind=ColumnKind.MONTH, required=True),
    ImportColumn(
        "currency", "通貨", kind=ColumnKind.CODE, verify=currency_code, help=_("空のときは円とします。")
    ),
    ImportColumn(
        "amount",
        "金額",
        aliases=("請求額", "払込額", "税込額"),
        kind=ColumnKind.DECIMAL,
        required=True,
        verify=whole_amount,
    ),
    ImportColumn("paid_on", "支払日", aliases=("払込日",), kind=ColumnKind.DATE),
)


def apply(actor: Actor, rows: Iterable[ImportRow], context: ImportContext) -> ApplyResult:
    """Record the invoice of each row."""
    before = {
        total.pk: (total.amount, total.paid_on)
        for total in InvoiceTotal.objects.owned_by(context.organisation)
    }
    created = updated = unchanged = 0
    for row in rows:
        total = record_invoice(actor, organisation=context.organisation, facts=facts_of(row))
        if total.pk not in before:
            created += 1
        elif before[total.pk] == (total.amount, total.paid_on):
            unchanged += 1
        else:
            updated += 1
        before[total.pk] = (total.amount, total.paid_on)
    return ApplyResult(created, updated, unchanged)


def facts_of(row: ImportRow) -> InvoiceFacts:
    """Return what a row says; the kind is an invoice and the currency yen where it says nothing."""
    return InvoiceFacts(
        kind=row["kind"] or InvoiceKind.INVOICE,
        provider=row["provider"],
        account=row["account"],
        month=row["month"],
        currency=row["currency"] or YEN,
        amount=row["amount"],
        invoice_id=row["invoice_id"] or "",
        paid_on=row["paid_on"],
    )


INVOICES = Importer(
    code="costs.invoices",
    title=_("請求書の金額"),
    columns=COLUMNS,
    apply=apply,
    verb=Verb.EDIT,
    lead=_("請求書と保管金の払込を1行に1つ書いた表を取り込みます。同じ請求書は金額と支払日を直します。"),
    done_url=lambda code: f"{reverse('costs:reconciliation')}?ward={code}",
)
