"""Entering what an invoice said, or what was paid into 保管金."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yui.kernel.calendar_jp import Month
from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.rows import EXACT, exact_text
from yui.transition.costs.models import InvoiceTotal


@dataclass(frozen=True)
class InvoiceFacts:
    """What the paper says.

    Attributes:
        kind: one of ``InvoiceKind``.
        provider, account: as the bill names them; together with the month they find the bill lines.
        invoice_id: empty where the paper has none.
        amount: exact, in ``currency``.
        paid_on: empty while it is not paid.
    """

    kind: str
    provider: str
    account: str
    month: Month
    currency: str
    amount: Decimal
    invoice_id: str = ""
    paid_on: date | None = None


@operation("costs.invoice.record")
def record_invoice(actor: Actor, *, organisation: Organisation, facts: InvoiceFacts) -> InvoiceTotal:
    """Keep the total of an invoice; the same invoice again corrects its amount and its day of payment.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
        ValidationError: for an unknown kind, an empty provider or account, or an amount without meaning.
    """
    require(actor, Verb.EDIT, organisation)
    amount = exact_text(EXACT.add(facts.amount, Decimal(0))) if facts.amount.is_finite() else ""
    identity = {
        "kind": facts.kind,
        "provider": facts.provider.strip(),
        "account": facts.account.strip(),
        "invoice_id": facts.invoice_id.strip(),
        "month": str(facts.month),
        "currency": facts.currency,
    }
    known = InvoiceTotal.objects.owned_by(organisation).filter(**identity).first()
    before = (known.amount, known.paid_on) if known else (None, None)
    if known is not None and before == (amount, facts.paid_on):
        record_nothing("the invoice says so already")
        return known
    total = known or InvoiceTotal(organisation=organisation, **identity)
    total.amount, total.paid_on, total.recorded_by = amount, facts.paid_on, actor.name
    total.full_clean()
    total.save()
    record(
        organisation,
        subject=urn("costs.invoice", total.pk),
        summary=f"{total.get_kind_display()}を記録しました({total})",
        changes={"amount": [before[0], amount], "paid_on": [before[1], facts.paid_on]},
    )
    return total


@operation("costs.invoice.remove")
def remove_invoice(actor: Actor, *, invoice: InvoiceTotal) -> None:
    """Remove an invoice total that was entered by mistake; the ledger keeps what it said.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
    """
    organisation, subject = invoice.organisation, urn("costs.invoice", invoice.pk)
    require(actor, Verb.EDIT, organisation)
    summary = f"{invoice.get_kind_display()}の記録を消しました({invoice})"
    amount = invoice.amount
    InvoiceTotal.objects.owned_by(organisation).filter(pk=invoice.pk).delete()
    record(organisation, subject=subject, summary=summary, changes={"amount": [amount, None]})
