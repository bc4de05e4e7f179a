"""/indicators/"""

import io

import pytest
from openpyxl import load_workbook

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn

pytestmark = pytest.mark.django_db
PAGE = "/indicators/"


def text_of(response) -> str:
    return response.content.decode()


def test_every_indicator_of_the_three_pillars_is_listed(rising, bob, client_of):
    page = text_of(client_of(bob).get(PAGE))
    assert page.count("data-row-link") == 15
    assert all(f"{mark} " in page for mark in "①②③")
    assert "40.0%" in page
    assert "80%以上" in page
    assert "+0.7ポイント" in page
    assert "2026年10月" in page
    assert page.count("chart-sparkline") == 1
    assert page.count("データなし") >= 14


def test_a_month_and_a_ward_can_be_chosen(rising, bob, client_of):
    page = text_of(client_of(bob).get(PAGE, {"month": "2026-07", "ward": "131032"}))
    assert "38.0%" in page
    assert "/indicators/1-ksi-1/?month=2026-07&amp;ward=131032" in page
    assert '<option value="131032" selected>' in page


def test_without_stored_figures_the_page_says_so(bob, client_of):
    response = client_of(bob).get(PAGE)
    assert response.status_code == 200
    assert "この月の値はまだありません" in text_of(response)


@pytest.mark.parametrize("query", [{"ward": "999999"}, {"month": "soon"}, {"month": "0001-01"}])
def test_unknown_wards_and_months_are_not_found(query, bob, client_of):
    assert client_of(bob).get(PAGE, query).status_code == 404


def test_members_of_every_ward_and_body_see_the_figures(rising, bob, charlie, jun, client_of):
    for user in (bob, charlie, jun):
        assert "40.0%" in text_of(client_of(user).get(PAGE, {"ward": "131032"}))


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client):
    assert client.get(PAGE).status_code == 302


def test_csv_holds_the_tree_and_enters_the_ledger(rising, bob, client_of):
    response = client_of(bob).get(PAGE, {"download": "csv"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("指標コード,支援策,水準")
    assert len(lines) == 16
    assert "1-KSI-1" in lines[2]
    assert "40.000000,%,80%以上" in lines[2]
    (entry,) = history_of(urn("exchange.export", "indicators.tree"))
    assert "CSV" in entry.summary


def test_xlsx_opens_and_holds_numbers(rising, bob, client_of):
    response = client_of(bob).get(PAGE, {"download": "xlsx"})
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)
    assert rows[2][6] == 40
    assert rows[1][6] is None


def test_the_page_speaks_english(rising, bob, client_of):
    page = text_of(client_of(bob).get(PAGE, headers={"accept-language": "en"}))
    assert "Departments that carried out BPR" in page
    assert "at least 80%" in page
