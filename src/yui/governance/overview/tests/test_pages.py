"""The index and the other three views: what they show, to whom, and where nothing has been recorded."""

import pytest

from yui.governance.overview.panels.views import VIEWS, view_of
from yui.governance.overview.queries.question import ask
from yui.kernel.policy import Actor

pytestmark = pytest.mark.django_db
PAGES = ["/overview/", *(f"/overview/{code}/" for code in VIEWS)]


def text_of(client, address, **query):
    answer = client.get(address, {"month": "2026-10"} | query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_index_shows_each_view_in_one_figure(everything, alice, client_of):
    text = text_of(client_of(alice), "/overview/")
    for value in ("4.3%", "12.00%", "12件", "12.00倍"):
        assert value in text
    assert "港区 90.0%(中央値 50.0%)" in text and "港区 3.00%(中央値 12.50%)" in text
    assert text.count("chart-sparkline") == 4
    assert '/overview/threats/?month=2026-10&amp;ward=131032"' in text


def test_the_costs_tell_the_ward_beside_the_others(everything, alice, client_of):
    text = text_of(client_of(alice), "/overview/costs/")
    assert "2026年10月の運用経費は12億円です。" in text and "1年前の同じ月から±0.0%変わりました。" in text
    assert "港区は3億円(23区の25.0%)です。" in text
    assert "港区は3.00%で、値のある22区の大きいほうから21番目です(中央値は12.50%)。" in text
    assert "為替の動きは割合を±0.00ポイント変えています。" in text
    assert "港区では: 為替の動きは割合を±0.00ポイント変えています。" in text
    assert "港区は3円で、値のある23区の大きいほうから21番目です(中央値は12円)。" in text
    assert "公的統計:系列costs-rate" in text


def test_the_threats_tell_counts_and_times(everything, alice, client_of):
    text = text_of(client_of(alice), "/overview/threats/")
    assert "23区で重大なインシデントが" in text and "港区は3件です。" in text
    assert "検知した件数(2026年10月)" in text and 'data-tile-map=""' in text
    assert "封じ込めの目標 24.0時間" in text
    assert "2026年10月に12件が共有されました。港区 3件(中央値 13件)です。" in text
    assert "港区 3.0時間(中央値 12.5時間)です。" in text
    assert "/overview/records/soc.detections/?month=2026-10&amp;ward=131032" in text


def test_the_people_are_compared_per_100_staff(everything, alice, client_of):
    text = text_of(client_of(alice), "/overview/people/")
    assert "港区は4,026人で、値のある2区の大きいほうから2番目です" in text
    assert "記録のある区の合計は9,052人です。" in text
    for code in ("practices.proposals_per_100_staff", "commons.first_answer_hours"):
        assert f"試験の値 {code}(その月までの12か月)" in text
    assert "2026年10月までに延べ12人が修了しました。港区 3人(中央値 13人)です。" in text


def test_staff_that_a_ward_keeps_to_itself_is_not_told_to_others(
    staff, alice, charlie, actor_of, member, organisations
):
    bunkyo = member("Bea", organisations["131059"], "officer")
    seen = {
        user: next(p for p in view_of(ask(actor_of(user), "2026-10"), "people").panels if p.code == "staff")
        for user in (alice, bunkyo)
    }
    assert "合計は9,052人" in seen[alice].finding
    assert "合計は12,078人" in seen[bunkyo].finding


def test_a_series_that_a_ward_keeps_to_itself_is_not_told_to_others(
    make_series, minato, alice, charlie, client_of
):
    make_series(minato, "own", [("131032", 2025, 987654)], topic="threats", visibility="own")
    assert "987,654" in text_of(client_of(alice), "/overview/threats/")
    assert "987,654" not in text_of(client_of(charlie), "/overview/threats/", ward="131032")


@pytest.mark.parametrize("address", PAGES)
def test_without_any_record_a_page_says_so(address, alice, client_of):
    text = text_of(client_of(alice), address)
    assert "データなし" in text and "<svg" in text


@pytest.mark.parametrize("address", PAGES)
def test_who_is_not_signed_in_is_asked_to(address, db, client):
    answer = client.get(address)
    assert answer.status_code == 302 and "/accounts/login/" in answer.url


@pytest.mark.parametrize(
    "query",
    [
        {"ward": "131999"},
        {"ward": "' OR 1=1 --"},
        {"ward": "1" * 5000},
        {"ward": "<script>"},
        {"ward": "JB-OFFICE"},
        {"month": "2026-13"},
        {"month": "秘密"},
        {"month": "9" * 4000},
        {"month": "0001-01"},
        {"month": "\x00"},
    ],
    ids=str,
)
def test_what_is_no_ward_and_no_month_answers_404(query, alice, client_of):
    client = client_of(alice)
    assert {client.get(address, query).status_code for address in PAGES} == {404}


def test_any_real_month_can_be_asked_for(everything, alice, client_of):
    client = client_of(alice)
    for month in ("1960-01", "2190-12", "2026年10月", "令和8年10月", "2026-10-05"):
        for address in PAGES:
            assert client.get(address, {"month": month}).status_code == 200


def test_the_secretariat_chooses_no_ward_by_itself(everything, secretariat, member, client_of):
    client = client_of(member("Sara", secretariat, "joint_staff"))
    text = text_of(client, "/overview/costs/")
    assert "値のある22区の中央値は12.50%で、まん中の半分の区は" in text
    assert "23区全体" in text


def test_figures_of_the_day_are_those_of_the_asked_month(everything, alice, actor_of):
    question = ask(actor_of(alice), "2025-12", "131041")
    assert question.day.isoformat() == "2025-12-31" and question.ward_name == "新宿区"
    panel = next(each for each in view_of(question, "costs").panels if each.code == "ratio")
    assert panel.as_of.isoformat() == "2025-12-31" and "2025年12月、新宿区は4.00%" in panel.finding


def test_every_view_is_made_for_the_system_too(everything):
    for code in VIEWS:
        view = view_of(ask(Actor.system("test"), "2026-10"), code)
        assert all(panel.has_data and panel.finding and panel.origins for panel in view.panels)
