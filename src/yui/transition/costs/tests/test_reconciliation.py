"""The page 請求書との突き合わせ: both sides, the reasons, the way down, and nobody else's."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import Month
from yui.kernel.exchange.operations import apply_run, preview_run, upload_file
from yui.kernel.policy import Actor
from yui.transition.costs.engine.reconciliation import Cause
from yui.transition.costs.models import ExchangeRate, InvoiceTotal
from yui.transition.costs.operations.record_invoice import InvoiceFacts, record_invoice
from yui.transition.costs.queries.reconciliation import reconciled, span_of, tied_share
from yui.transition.costs.tests.provider_files import AWS, csv_bytes

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
MAY = Month(2026, 5)
PAGE = "costs:reconciliation"


@pytest.fixture
def enter(minato):
    """A function that records an invoice of the bill in ``bill_file``."""

    def run(amount, kind="invoice", organisation=minato, **facts):
        given = {"provider": "架空クラウド", "account": "acct-1", "month": MAY, "currency": "JPY"} | facts
        return record_invoice(
            SYSTEM, organisation=organisation, facts=InvoiceFacts(kind=kind, amount=Decimal(amount), **given)
        )

    return run


def only(actor=SYSTEM, **options):
    (row,) = reconciled(actor, MAY, MAY, **options)
    return row


def test_a_bill_waits_for_its_invoice_and_then_matches(take_in, bill_file, enter):
    take_in(bill_file({"BilledCost": "1000"}, {"BilledCost": "0.4"}))
    assert (only().state, only().lines, only().rows) == ("no_invoice", Decimal("1000.4"), 2)
    assert tied_share([only()]) == 0
    enter("1000.4")
    assert (only().state, only().difference, only().causes) == ("matched", 0, ())
    assert tied_share([only()]) == 1
    enter("1000.4", kind="deposit")
    assert (only().paid, only().unpaid) == (Decimal("1000.4"), 0)


def test_each_difference_has_its_reason_from_the_lines(take_in, bill_file, enter):
    take_in(
        bill_file(
            {"BilledCost": "1000.4"},
            {"BilledCost": "100", "ChargeCategory": "Tax"},
            {"BilledCost": "-50", "ChargeCategory": "Credit"},
        )
    )
    invoice = enter("1000")
    assert [(each.cause, each.amount) for each in only().causes] == [
        (Cause.TAX, -100),
        (Cause.CREDIT, 50),
        (Cause.ROUNDING, Decimal("-0.4")),
    ]
    assert sum(each.amount for each in only().causes) == only().difference == Decimal("-50.4")
    assert only().state == "explained"
    enter("3000")
    assert (only().state, only().causes[0].amount) == ("unexplained", Decimal("1949.6"))
    assert only().invoices == (InvoiceTotal.objects.unscoped("test").get(pk=invoice.pk),)


def test_several_invoices_of_a_month_are_added_up(take_in, bill_file, enter):
    take_in(bill_file({"BilledCost": "1000"}))
    enter("400", invoice_id="A")
    enter("600", invoice_id="B")
    assert (only().invoiced, only().state) == (1000, "matched")


def test_an_invoice_without_lines_and_a_withdrawn_bill_are_seen(take_in, bill_file, enter):
    enter("5")
    assert only().state == "no_lines"
    assert tied_share([only()]) is None
    bill = take_in(bill_file({"BilledCost": "5"})).bill
    assert only().state == "matched"
    from yui.transition.costs.operations.withdraw_bill import withdraw_bill

    withdraw_bill(SYSTEM, bill=bill, because="誤り")
    assert only().state == "no_lines"


def test_a_dollar_bill_paid_in_yen_is_compared_in_yen(take_in, tmp_path, enter):
    path = tmp_path / "cur.csv"
    path.write_bytes(csv_bytes(AWS, {"lineItem/UnblendedCost": "1000"}))
    take_in(path)
    enter("151500", kind="deposit", provider="AWS", account="111122223333")
    row = only()
    assert (row.currency, row.lines, row.converted, row.state) == ("JPY", None, ("USD", 1000), "unexplained")
    ExchangeRate.objects.create(
        currency="USD", month="2026-05", yen_per_unit=Decimal("150"), source="試験", set_by="x"
    )
    row = only()
    assert (row.lines, row.difference, row.state) == (150000, 1500, "explained")
    assert [(each.cause, each.amount) for each in row.causes] == [(Cause.EXCHANGE, 1500)]
    enter("1000", provider="AWS", account="111122223333", currency="USD")
    rows = {row.currency: row.state for row in reconciled(SYSTEM, MAY, MAY)}
    assert rows == {"USD": "matched", "JPY": "explained"}
    assert tied_share(reconciled(SYSTEM, MAY, MAY)) == 1


def test_ledgers_are_not_bills(take_in, tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_text(
        "年度,団体コード,事業者,経費区分,税込額,支払日\n2026,131032,架空,保守,100,2026-05-01\n",
        encoding="utf-8",
    )
    assert take_in(path).kind == "ledger"
    assert reconciled(SYSTEM, MAY, MAY) == []


def test_the_months_shown_end_with_the_last_bill_or_invoice(take_in, bill_file, enter):
    assert span_of(SYSTEM, None, None) is None
    take_in(bill_file({}))
    enter("1", month=Month(2026, 7))
    assert span_of(SYSTEM, None, None) == (Month(2025, 8), Month(2026, 7))
    assert span_of(SYSTEM, MAY, Month(2026, 4)) == (Month(2026, 4), MAY)


def test_the_page_shows_both_sides_and_leads_to_the_lines(
    client_of, alice, bob, take_in, bill_file, enter, lake
):
    assert "まだありません" in client_of(alice).get(reverse(PAGE)).content.decode()
    bill = take_in(bill_file({"BilledCost": "1234567"}, {"BilledCost": "7", "ChargeCategory": "Tax"})).bill
    enter("1234567")
    page = client_of(alice).get(reverse(PAGE)).content.decode()
    assert (
        "1,234,574" in page
        and '請求書に税が入っていない: <span title="-7">-7</span>' in page
        and "style=" not in page
    )
    assert "請求書・払込を入力する" not in client_of(bob).get(reverse(PAGE)).content.decode()
    part = bill.parts.unscoped("test").get().key
    address = reverse("costs:reconciliation-lines")
    lines = client_of(alice).get(address, {"ward": "131032", "month": "2026-05", "part": part})
    assert lines.context["page"].paginator.count == 2
    taxes = client_of(alice).get(
        address, {"ward": "131032", "month": "2026-05", "part": part, "category": "Tax"}
    )
    assert taxes.context["page"].paginator.count == 1
    assert client_of(alice).get(address, {"ward": "131032", "month": "x"}).status_code == 404
    shown = client_of(alice).get(reverse(PAGE) + "?state=matched").content.decode()
    assert "1,234,574" not in shown
    assert client_of(alice).get(reverse(PAGE) + "?from=x").status_code == 200


def test_a_stranger_finds_nothing_of_another_ward(client_of, charlie, alice, take_in, bill_file, enter, lake):
    bill = take_in(bill_file({"BilledCost": "1234567"})).bill
    total = enter("1234567")
    client = client_of(charlie)
    assert "1,234,567" not in client.get(reverse(PAGE)).content.decode()
    part = bill.parts.unscoped("test").get().key
    query = {"ward": "131032", "month": "2026-05", "part": part}
    assert client.get(reverse("costs:reconciliation-lines"), query).status_code == 404
    assert client.post(reverse("costs:invoice-remove", args=[total.pk])).status_code == 404
    address = reverse("costs:reconciliation-export", args=["csv"]) + "?from=2026-05&to=2026-05"
    others = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    assert "131032" not in others
    own = b"".join(client_of(alice).get(address).streaming_content).decode("utf-8-sig")
    assert "1234567" in own and "一致" in own
    assert client_of(alice).get(address.replace("csv", "xlsx")).content.startswith(b"PK")
    assert client_of(alice).get(address.replace("csv", "exe")).status_code == 404


def test_invoices_are_entered_on_the_page_by_those_who_may(client_of, alice, bob, lake):
    form = {
        "organisation": "131032",
        "kind": "deposit",
        "provider": "架空クラウド",
        "account": "acct-1",
        "month": "令和8年5月",
        "currency": "JPY",
        "amount": "1000",
        "paid_on": "2026-06-30",
    }
    assert client_of(bob).post(reverse(PAGE), form).status_code == 403
    assert client_of(alice).post(reverse(PAGE), form | {"amount": "千円"}).status_code == 200
    assert not InvoiceTotal.objects.unscoped("test").exists()
    assert client_of(alice).post(reverse(PAGE), form).status_code == 302
    total = InvoiceTotal.objects.unscoped("test").get()
    assert (total.month, total.amount, str(total.paid_on)) == ("2026-05", "1000", "2026-06-30")
    assert client_of(bob).post(reverse("costs:invoice-remove", args=[total.pk])).status_code == 403
    assert client_of(alice).post(reverse("costs:invoice-remove", args=[total.pk])).status_code == 302
    assert not InvoiceTotal.objects.unscoped("test").exists()


def test_a_table_of_invoices_is_taken_in_and_corrects_itself(alice, minato, actor_of, lake):
    actor = actor_of(alice)

    def bring(*rows):
        text = "種類,事業者,請求先,請求書番号,月,通貨,金額,支払日\n" + "\n".join(rows) + "\n"
        run = upload_file(
            actor,
            organisation=minato,
            importer="costs.invoices",
            source=io.BytesIO(text.encode("cp932")),
            name="invoices.csv",
        )
        preview_run(actor, run.pk)
        return apply_run(actor, run.pk)

    bring(',架空クラウド,acct-1,A-1,2026年5月,,"1,000.5",', "保管金,AWS,1111,,2026-05,usd,12.25,2026-06-30")
    found = {(each.kind, each.currency, each.amount) for each in InvoiceTotal.objects.unscoped("test")}
    assert found == {("invoice", "JPY", "1000.5"), ("deposit", "USD", "12.25")}
    bring("請求書,架空クラウド,acct-1,A-1,2026-05,JPY,900,2026-07-01")
    assert InvoiceTotal.objects.unscoped("test").get(kind="invoice").amount == "900"


def test_visitors_are_sent_to_sign_in(client, lake, db):
    for name in (PAGE, "costs:reconciliation-lines"):
        assert client.get(reverse(name)).status_code == 302


def test_amounts_are_read_at_a_glance_and_kept_to_the_last_digit(
    client_of, alice, take_in, bill_file, enter, lake
):
    take_in(bill_file({"BilledCost": "1234.567891"}))
    enter("1234.567890")
    page = client_of(alice).get(reverse(PAGE)).content.decode()
    assert '<span title="1,234.567891">1,234.57</span>' in page
    assert '<span title="-0.000001">-0.000001</span>' in page
