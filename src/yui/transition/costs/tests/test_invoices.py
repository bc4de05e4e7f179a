"""Invoice totals are entered, corrected and removed by those who may."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from yui.kernel.calendar_jp import Month
from yui.kernel.ledger.history import history_of
from yui.kernel.ledger.models import Entry
from yui.kernel.links import urn
from yui.kernel.policy import PermissionRefused
from yui.transition.costs.models import InvoiceTotal
from yui.transition.costs.operations.record_invoice import InvoiceFacts, record_invoice, remove_invoice

pytestmark = pytest.mark.django_db
FACTS = InvoiceFacts("invoice", "架空クラウド", "acct-1", Month(2026, 5), "JPY", Decimal("1234.50"), "INV-1")


def test_an_invoice_is_kept_exactly_and_once(alice, minato, actor_of):
    actor = actor_of(alice)
    first = record_invoice(actor, organisation=minato, facts=FACTS)
    assert (first.amount, first.exact, first.text) == ("1234.5", Decimal("1234.5"), "1,234.5")
    entries = Entry.objects.count()
    assert record_invoice(actor, organisation=minato, facts=FACTS) == first
    assert Entry.objects.count() == entries
    corrected = record_invoice(
        actor, organisation=minato, facts=replace(FACTS, amount=Decimal("1.2E+3"), paid_on=date(2026, 6, 30))
    )
    assert (corrected.pk, corrected.amount, corrected.paid_on) == (first.pk, "1200", date(2026, 6, 30))
    assert len(history_of(urn("costs.invoice", first.pk))) == 2
    assert record_invoice(actor, organisation=minato, facts=replace(FACTS, kind="deposit")).pk != first.pk


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "other"},
        {"provider": " "},
        {"account": ""},
        {"currency": "yen"},
        {"amount": Decimal("NaN")},
        {"amount": Decimal("Infinity")},
        {"amount": Decimal("1e25")},
        {"amount": Decimal("1e-19")},
    ],
)
def test_what_says_nothing_is_refused(alice, minato, actor_of, change):
    with pytest.raises(ValidationError):
        record_invoice(actor_of(alice), organisation=minato, facts=replace(FACTS, **change))
    assert not InvoiceTotal.objects.unscoped("test").exists()


def test_negative_zero_is_zero(alice, minato, actor_of):
    total = record_invoice(
        actor_of(alice), organisation=minato, facts=replace(FACTS, amount=Decimal("-0.00"))
    )
    assert total.amount == "0"


def test_only_those_who_may_edit_do(bob, charlie, alice, minato, actor_of):
    for stranger in (bob, charlie):
        with pytest.raises(PermissionRefused):
            record_invoice(actor_of(stranger), organisation=minato, facts=FACTS)
    total = record_invoice(actor_of(alice), organisation=minato, facts=FACTS)
    for stranger in (bob, charlie):
        with pytest.raises(PermissionRefused):
            remove_invoice(actor_of(stranger), invoice=total)
    number = total.pk
    remove_invoice(actor_of(alice), invoice=total)
    assert not InvoiceTotal.objects.unscoped("test").exists()
    assert "消しました" in history_of(urn("costs.invoice", number))[0].summary
