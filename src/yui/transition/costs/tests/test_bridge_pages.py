"""増減の理由: the page, the way down to the lines, the files, and the wall."""

import re

import pytest
from django.urls import reverse

from yui.transition.costs.tests.test_bridge_query import JUNE, MAY, of, rate

pytestmark = pytest.mark.django_db
SPANS = "from=2026-05&to=2026-06"


@pytest.fixture
def bills(take_in, bill_file):
    rate(MAY, "100")
    rate(JUNE, "120")
    dollars = {"BillingCurrency": "USD"}
    return take_in(
        bill_file(
            of(MAY, BilledCost="100", PricingQuantity="10", **dollars),
            of(JUNE, BilledCost="240", PricingQuantity="20", **dollars),
            of(JUNE, BilledCost="700", ServiceName="新しいサービス"),
        )
    )


def page(client, query=SPANS):
    return client.get(f"{reverse('costs:bridge')}?{query}").content.decode()


def test_the_page_explains_before_there_are_bills(client_of, alice, lake):
    assert "コストの記録がまだありません" in page(client_of(alice))


def test_the_page_names_every_reason_and_adds_up(client_of, alice, bills):
    shown = page(client_of(alice))
    assert "style=" not in shown
    assert "10,000円" in shown and "29,500円" in shown
    for text in ("使った量", "単価", "為替", "サービス・契約の追加・廃止"):
        assert text in shown
    assert "いちばん大きい理由は「使った量」(+12,134円)です。" in shown
    assert "19,500円 増えました" in shown


def test_every_bar_opens_down_to_the_lines_of_both_periods(client_of, alice, bills):
    client = client_of(alice)
    bar = re.search(r'href="([^"]*/bridge/reasons/exchange/[^"]*)"', page(client)).group(1)
    items = client.get(bar.replace("&amp;", "&"))
    assert items.status_code == 200
    text = items.content.decode()
    assert "3,333円" in text and "仮想サーバー" in text and "新しいサービス" not in text
    item = re.search(r'href="([^"]*/bridge/item/[^"]*)"', text).group(1)
    lines = client.get(item.replace("&amp;", "&"))
    assert lines.status_code == 200
    body = lines.content.decode()
    assert "2026年5月" in body and "2026年6月" in body
    assert "<td>100</td>" in body and "<td>240</td>" in body


def test_the_cell_of_a_group_leads_to_its_own_items(client_of, alice, take_in, bill_file):
    take_in(
        bill_file(
            *(of(month, BilledCost=cost) for month, cost in ((MAY, "1"), (JUNE, "5"))),
            *(of(m, BilledCost=c, Tags='{"system": "S-2"}') for m, c in ((MAY, "1"), (JUNE, "9"))),
        )
    )
    client = client_of(alice)
    text = client.get(
        f"{reverse('costs:bridge-items', args=['price'])}?{SPANS}&g_system=S-2"
    ).content.decode()
    assert "8円" in text and "S-1" not in text


def test_a_missing_rate_is_told_and_no_figure_shown(client_of, alice, take_in, bill_file):
    take_in(bill_file(of(MAY, BillingCurrency="USD"), of(JUNE, BillingCurrency="USD")))
    shown = page(client_of(alice))
    assert "USD 2026-05、USD 2026-06" in shown
    assert "chart-waterfall" not in shown


def test_wrong_months_are_told(client_of, alice, bills):
    assert "2026-13" in page(client_of(alice), "from=2026-13")
    assert "この条件の明細がありません" in page(client_of(alice), "from=2020-01&to=2020-02")


def test_the_table_leaves_as_a_file(client_of, alice, bills):
    address = reverse("costs:bridge-export", args=["csv"])
    file = client_of(alice).get(f"{address}?{SPANS}&by=system").content.decode("utf-8-sig")
    head, row = file.splitlines()[:2]
    assert head.startswith("団体,システム,2026年5月,システムの追加・廃止")
    assert row.startswith("港区,S-1,10000,0,700,12134,3333,3333,") and row.endswith(",29500")
    assert client_of(alice).get(f"{address.replace('csv', 'xlsx')}?{SPANS}").content.startswith(b"PK")
    assert client_of(alice).get(f"{address.replace('csv', 'exe')}?{SPANS}").status_code == 404


def test_the_stranger_finds_nothing(client_of, charlie, bills, alice):
    stranger = client_of(charlie)
    shown = page(stranger, f"{SPANS}&ward=131032")
    assert "10,000円" not in shown and "仮想サーバー" not in shown
    own = page(client_of(alice))
    for name in ("reasons/volume", "item"):
        links = re.findall(rf'href="([^"]*/bridge/{name}/[^"]*)"', own)
        for link in links:
            assert stranger.get(link.replace("&amp;", "&")).status_code == 404
    assert stranger.get(f"{reverse('costs:bridge-items', args=['volume'])}?{SPANS}").status_code == 404


def test_what_does_not_exist_answers_so(client_of, alice, bills):
    client = client_of(alice)
    assert client.get(reverse("costs:bridge-items", args=["weather"])).status_code == 404
    assert client.get(f"{reverse('costs:bridge-item')}?{SPANS}&i_ward=131032").status_code == 404
