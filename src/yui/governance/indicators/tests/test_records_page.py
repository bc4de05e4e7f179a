"""/indicators/<slug>/records/ — the records behind a figure, and nobody else's."""

import pytest

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.measures import registry

pytestmark = pytest.mark.django_db
PAGE = "/indicators/1-ksi-1/records/"
MINATO = {"month": "2026-10", "ward": "131032"}


@pytest.fixture(autouse=True)
def figures(offer, systems):
    """A figure over the systems of two wards."""
    offer(lambda scope, month: 60)


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_formula_and_records_of_the_own_ward_are_shown(alice, client_of):
    page = text_of(client_of(alice).get(PAGE, MINATO))
    assert "30 ÷ 50 × 100" in page
    assert "STD-001" in page
    assert page.count("data-row-link") > 20
    assert 'href="/systems/' in page


def test_a_viewer_sees_them_too(bob, client_of):
    assert "STD-001" in text_of(client_of(bob).get(PAGE, MINATO))


def test_a_stranger_sees_the_figure_but_no_record_and_no_count(charlie, client_of):
    page = text_of(client_of(charlie).get(PAGE, MINATO))
    assert "30 ÷ 50 × 100" in page
    assert "STD-001" not in page
    assert "/systems/1/" not in page
    assert "件のうち" not in page
    assert "あなたが見られる記録はありません" in page


def test_the_joint_figure_opens_only_to_the_reader_s_own_records(alice, charlie, client_of):
    for user, own, foreign in ((alice, "港区", "新宿区"), (charlie, "新宿区", "港区")):
        page = text_of(client_of(user).get(PAGE, {"month": "2026-10"}))
        assert f'<th scope="row">{own}</th>' in page
        assert f'<th scope="row">{foreign}</th>' not in page


def test_a_month_without_data_has_no_records(alice, client_of):
    page = text_of(client_of(alice).get("/indicators/1-kpi-1/records/", MINATO))
    assert "記録はまだありません" in page
    assert "download=csv" not in page


def test_records_come_in_pages(alice, client_of):
    client = client_of(alice)
    first, beyond = (text_of(client.get(PAGE, {**MINATO, "page": number})) for number in (1, 99))
    assert "STD-001" in first
    assert "data-row-link" in beyond


def test_csv_holds_the_visible_records_and_enters_the_ledger(alice, charlie, client_of):
    lines = {}
    for user in (alice, charlie):
        response = client_of(user).get(PAGE, {**MINATO, "download": "csv"})
        lines[user] = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[alice][0] == "区,コード,名称"
    assert len(lines[alice]) > 20
    assert len(lines[charlie]) == 1
    entries = history_of(urn("exchange.export", "indicators.records.1-ksi-1"))
    assert len(entries) == 2


def test_records_that_changed_after_the_night_are_told(offer, store, alice, client_of, monkeypatch):
    store()
    monkeypatch.setattr(registry, "_definitions", {})
    offer(lambda scope, month: 61)
    page = text_of(client_of(alice).get(PAGE, MINATO))
    assert "一覧にある値は60.0%、いまの記録からの値は61.0%です。" in page


@pytest.mark.parametrize("query", [{"ward": "999999"}, {"month": "soon"}])
def test_unknown_wards_and_months_are_not_found(query, alice, client_of):
    assert client_of(alice).get(PAGE, query).status_code == 404


def test_unknown_indicators_are_not_found(alice, client_of):
    assert client_of(alice).get("/indicators/9-kgi-9/records/").status_code == 404


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client):
    assert client.get(PAGE).status_code == 302
