"""為替と仮定: page, file and command."""

import json

import pytest
from django.core.management.base import CommandError
from django.urls import reverse

from yui.transition.costs.commands import bridge as bridge_command
from yui.transition.costs.commands import whatif as whatif_command
from yui.transition.costs.tests.test_bridge_query import JUNE, MAY, of, rate
from yui.transition.costs.tests.test_commands import call

pytestmark = pytest.mark.django_db
SPANS = "from=2026-05&to=2026-06"


@pytest.fixture
def bills(take_in, bill_file):
    rate(MAY, "100")
    rate(JUNE, "120")
    return take_in(
        bill_file(
            of(MAY, BilledCost="20000"),
            of(JUNE, BilledCost="9000"),
            of(JUNE, BilledCost="100", BillingCurrency="USD"),
        )
    )


def page(client, query=SPANS):
    return client.get(f"{reverse('costs:whatif')}?{query}").content.decode()


def test_the_page_quotes_the_pilot_even_without_bills(client_of, alice, lake):
    shown = page(client_of(alice))
    assert "コストの記録がまだありません" in shown
    assert "デジタル庁 先行事業の例" in shown and "公表された数字の引用です。" in shown
    for figure in ("−4.1%", "+0.3%", "+4.2%", "137.3", "137.1 円から 137.5 円の間"):
        assert figure in shown


def test_the_page_starts_from_what_was_paid(client_of, alice, bills):
    shown = page(client_of(alice))
    assert "style=" not in shown
    assert "21,000円" in shown and "20,000円" in shown
    assert "1円の円安で、負担は 100円 増えます。1ドル 110.0 円で、比べる額と同じになります。" in shown
    assert 'value="120.0"' in shown


def test_assumptions_change_the_burden(client_of, alice, bills):
    shown = page(client_of(alice), f"{SPANS}&rate=150&discount=20&subsidy=50")
    # (9,000 + 100 × 0.8 × 150) × 0.5
    assert "10,500円" in shown
    assert (
        "21,000円" in page(client_of(alice), f"{SPANS}&target=21000")
        and "▲" not in page(client_of(alice), f"{SPANS}&target=21000").split("chart")[0]
    )


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("rate=abc", "金額として読めません"),
        ("rate=10", "為替レートは 80 円から 220 円の間にしてください。"),
        ("discount=101", "値引きと補助は 0% から 100% の間にしてください。"),
        ("target=abc", "金額として読めません"),
        ("rate=1/0", "金額として読めません"),
        ("rate=1e999999999", "金額として読めません"),
    ],
)
def test_assumptions_that_cannot_be_are_told(client_of, alice, bills, query, told):
    assert told in page(client_of(alice), f"{SPANS}&{query}")


def test_the_table_leaves_as_a_file(client_of, alice, bills):
    address = reverse("costs:whatif-export", args=["csv"])
    lines = client_of(alice).get(f"{address}?{SPANS}").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "為替レート(円),負担額(円),比べる額との差(円),差の割合(%)"
    assert lines[1] == "80,17000,-3000,-15.0" and len(lines) == 16


def test_the_stranger_finds_nothing(client_of, charlie, bills):
    shown = page(client_of(charlie), f"{SPANS}&ward=131032")
    assert "21,000円" not in shown and "20,000円" not in shown
    address = reverse("costs:whatif-export", args=["csv"])
    assert client_of(charlie).get(f"{address}?{SPANS}&ward=131032").status_code == 404


def test_a_missing_rate_still_lets_assume_one(client_of, alice, take_in, bill_file):
    take_in(bill_file(of(MAY, BilledCost="20000"), of(JUNE, BilledCost="100", BillingCurrency="USD")))
    shown = page(client_of(alice), f"{SPANS}&rate=200")
    assert "20,000円" in shown and "分かれ目 200.0円" in shown


def test_the_command_tells_the_same(bills):
    answer = json.loads(
        call(whatif_command, "--from", "2026-05", "--to", "2026-06", "--rate", "150", "--json")
    )
    assert (answer["burden"], answer["target"], answer["per_yen"]) == (24_000, 20_000, 100)
    assert answer["break_even"] == "110"
    assert "break_even\t110" in call(whatif_command, "--from", "2026-05", "--to", "2026-06")
    for wrong in (("--rate", "x"), ("--subsidy", "101")):
        with pytest.raises(CommandError):
            call(whatif_command, "--from", "2026-05", "--to", "2026-06", *wrong)


def test_the_bridge_command_leaves_nothing_over(bills):
    answer = json.loads(
        call(bridge_command, "--from", "2026-05", "--to", "2026-06", "--ward", "131032", "--json")
    )
    assert (answer["before"], answer["after"], answer["residual"]) == (20_000, 21_000, 0)
    assert sum(answer["effects"].values()) == 1_000
    assert answer["groups"][0]["key"] == ["131032"]
    assert "単価\t-11,000" in call(bridge_command, "--from", "2026-05", "--to", "2026-06")
    year = json.loads(call(bridge_command, "--fiscal-year", "2026", "--json"))
    assert (year["from"], year["to"]) == (["2025-04", "2026-03"], ["2026-04", "2027-03"])
    assert (year["before"], year["after"]) == (0, 41_000)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "name both periods"),
        (("--from", "2026-05"), "name both periods"),
        (("--from", "2026-13", "--to", "2026-06"), "2026-13"),
    ],
)
def test_the_bridge_command_says_what_it_needs(lake, arguments, told):
    with pytest.raises(CommandError, match=told):
        call(bridge_command, *arguments)


def test_the_bridge_command_names_missing_rates(take_in, bill_file):
    take_in(bill_file(of(MAY, BillingCurrency="USD")))
    with pytest.raises(CommandError, match="USD 2026-05"):
        call(bridge_command, "--from", "2026-05", "--to", "2026-06")
