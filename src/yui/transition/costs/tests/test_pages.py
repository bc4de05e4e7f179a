"""Every page answers its own ward and nobody else's."""

import pytest
from django.urls import reverse

from yui.transition.costs.models import BillImport, ExchangeRate, SystemMapping
from yui.transition.costs.tests.test_ledger import HEADING, line
from yui.transition.costs.tests.test_measures import total

pytestmark = pytest.mark.django_db
LISTS = ["overview", "bills", "expenditure", "rates", "mappings"]


@pytest.fixture
def bill(take_in, bill_file, minato):
    total(minato, 12_000)
    return take_in(
        bill_file({"BilledCost": "1234567"}, {"BilledCost": "2", "Tags": ""}, {"BilledCost": "x"})
    ).bill


@pytest.mark.parametrize("name", LISTS)
def test_lists_open_with_and_without_records(client_of, alice, bob, lake, name, request):
    assert client_of(alice).get(reverse(f"costs:{name}")).status_code == 200
    request.getfixturevalue("bill")
    for user in (alice, bob):
        page = client_of(user).get(reverse(f"costs:{name}"))
        assert page.status_code == 200
        assert "style=" not in page.content.decode()


def test_the_overview_shows_each_system_and_leads_to_its_lines(client_of, alice, bill):
    page = client_of(alice).get(reverse("costs:overview")).content.decode()
    assert "S-1" in page and "未対応" in page
    address = reverse("costs:lines") + "?ward=131032&system=S-1&month=2026-05"
    assert address.replace("&", "&amp;") in page
    lines = client_of(alice).get(address)
    assert lines.status_code == 200
    assert "1,234,567" in lines.content.decode()


def test_a_stranger_finds_nothing_of_another_ward(client_of, charlie, bill):
    client = client_of(charlie)
    assert client.get(reverse("costs:lines") + "?ward=131032&system=S-1&month=2026-05").status_code == 404
    assert client.get(bill.get_absolute_url()).status_code == 404
    assert client.post(reverse("costs:withdraw", args=[bill.pk]), {"because": "x"}).status_code == 404
    for name in LISTS:
        page = client.get(reverse(f"costs:{name}")).content.decode()
        assert "S-1" not in page and "bill.csv" not in page and "1,234,567" not in page
    assert client.get(reverse("costs:overview") + "?ward=131032").status_code == 200
    assert BillImport.objects.unscoped("test").get().is_standing


def test_a_stranger_exports_nothing_of_another_ward(client_of, charlie, alice, bill):
    address = reverse("costs:export", args=["csv"]) + "?from=2026-05&to=2026-05"
    own = b"".join(client_of(alice).get(address).streaming_content).decode("utf-8-sig")
    assert "S-1" in own and "1234567" in own
    others = b"".join(client_of(charlie).get(address).streaming_content).decode("utf-8-sig")
    assert "131032" not in others
    assert client_of(alice).get(address.replace("csv", "xlsx")).content.startswith(b"PK")
    assert client_of(alice).get(address.replace("csv", "exe")).status_code == 404


def test_the_bill_page_tells_everything_and_takes_the_bill_back(client_of, alice, bob, bill):
    page = client_of(alice).get(bill.get_absolute_url()).content.decode()
    for text in (bill.sha256, "1,234,569", "BilledCost", "架空クラウド / acct-1", "取り消す"):
        assert text in page
    assert "取り消す理由" not in client_of(bob).get(bill.get_absolute_url()).content.decode()
    assert client_of(bob).post(reverse("costs:withdraw", args=[bill.pk]), {"because": "x"}).status_code == 403
    client_of(alice).post(reverse("costs:withdraw", args=[bill.pk]), {"because": ""})
    bill.refresh_from_db()
    assert bill.is_standing
    client_of(alice).post(reverse("costs:withdraw", args=[bill.pk]), {"because": "誤り"})
    bill.refresh_from_db()
    assert not bill.is_standing
    assert "取り消した請求です" in client_of(alice).get(bill.get_absolute_url()).content.decode()


def test_rates_and_mappings_are_entered_by_those_who_may(client_of, jun, alice, bob, bill):
    rate = {"currency": "USD", "month": "2026年5月", "yen_per_unit": "149.85", "source": "試験"}
    assert client_of(alice).post(reverse("costs:rates"), rate).status_code == 403
    organisation = client_of(jun).get(reverse("costs:rates")).context["form"].fields["organisation"].initial
    entered = client_of(jun).post(reverse("costs:rates"), rate | {"organisation": organisation})
    assert entered.status_code == 302
    assert str(ExchangeRate.objects.get()) == "2026-05 1 USD = 149.85 JPY"
    rule = {"organisation": "131032", "column": "SubAccountId", "value": "sub-1", "system_code": "S-5"}
    assert client_of(bob).post(reverse("costs:mappings"), rule).status_code == 403
    assert client_of(alice).post(reverse("costs:mappings"), rule).status_code == 302
    mapping = SystemMapping.objects.unscoped("test").get()
    assert "S-5" in client_of(alice).get(reverse("costs:overview")).content.decode()
    assert client_of(jun).post(reverse("costs:mapping-remove", args=[mapping.pk])).status_code == 404
    assert client_of(alice).post(reverse("costs:mapping-remove", args=[mapping.pk])).status_code == 302


def test_visitors_are_sent_to_sign_in(client, lake, db):
    for name in [*LISTS, "import", "lines"]:
        assert client.get(reverse(f"costs:{name}")).status_code == 302


def test_an_amortised_cell_leads_to_the_payment_behind_it(client_of, alice, charlie, take_in, tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_text(HEADING + line(amount="365000", period="2026-04〜2027-03"), "utf-8")
    take_in(path)
    page = client_of(alice).get(reverse("costs:overview") + "?metric=amortised&from=2026-04&to=2027-03")
    address = reverse("costs:lines") + "?ward=131032&system=&month=2026-09&metric=amortised"
    assert address.replace("&", "&amp;") in page.content.decode()
    lines = client_of(alice).get(address)
    assert lines.status_code == 200
    text = lines.content.decode()
    assert "30,000" in text and "365000" in text
    assert client_of(alice).get(address.replace("&metric=amortised", "")).status_code == 404
    assert client_of(charlie).get(address).status_code == 404
