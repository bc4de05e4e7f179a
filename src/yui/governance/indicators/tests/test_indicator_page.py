"""/indicators/<slug>/"""

import pytest

from yui.kernel.measures.values import Unit

pytestmark = pytest.mark.django_db
PAGE = "/indicators/1-ksi-1/"


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_the_article_s_words_are_shown(bob, client_of):
    page = text_of(client_of(bob).get(PAGE))
    assert "BPRを実施した部署の割合を、全庁の80%以上とする。" in page
    assert "BPR伴走支援チームの活動記録及び各部署へのヒアリング調査。" in page
    assert "bpr.departments_with_bpr" in page


def test_the_projected_date_stands_with_its_interval_in_a_sentence(rising, bob, client_of):
    page = text_of(client_of(bob).get(PAGE))
    assert "目標に届くのは2031年10月ごろ(90%区間 2031年10月〜2031年10月)です。" in page
    assert "2027年3月までには届きません。" in page
    assert "line-projected" in page


def test_the_formula_shows_numerator_and_denominator(rising, bob, client_of):
    assert "20 ÷ 50 × 100" in text_of(client_of(bob).get(PAGE))


def test_the_map_has_23_wards_and_the_ranking_those_with_data(rising, bob, client_of):
    page = text_of(client_of(bob).get(PAGE))
    assert page.count('class="tile"') == 23
    assert page.count("data-row-link") == 22
    assert "データなし: 中央区" in " ".join(page.split())


def test_equal_wards_share_a_place(rising, bob, client_of):
    page = text_of(client_of(bob).get(PAGE))
    assert page.count('<td class="is-number">1</td>') == 22


def test_each_ward_has_its_own_page(rising, bob, client_of):
    page = text_of(client_of(bob).get(PAGE, {"ward": "131041", "month": "2026-07"}))
    assert "新宿区" in page
    assert "38.0%" in page


def test_restatements_are_listed_newest_first(offer, store, bob, client_of):
    values = [60]
    offer(lambda scope, month: values[0] if scope.is_joint else None)
    store()
    values[0] = 70
    store()
    page = text_of(client_of(bob).get(PAGE))
    assert page.index("いまの値") < page.index("前の値")
    assert "60.0%" in page
    assert "70.0%" in page


def test_stability_always_shows_what_it_rests_on(put, bob, client_of):
    put("1-KGI-1", lambda month: f"{1.8 + 0.001 * (month.index % 3)}" if month.year > 2024 else None)
    page = text_of(client_of(bob).get("/indicators/1-kgi-1/"))
    assert "22か月(判定には36か月いります)" in page
    assert "±3%" in page
    assert "判定不能" in page


def test_a_stable_ratio_shows_drift_and_interval(put, bob, client_of):
    put("1-KGI-1", lambda month: f"{1.8 + 0.001 * (month.index % 3)}")
    page = text_of(client_of(bob).get("/indicators/1-kgi-1/"))
    assert "36か月(判定には36か月いります)" in page
    assert "信頼度90%" in page
    assert "収まるので、安定しています" in page


def test_a_sum_is_projected_by_its_pace(put, bob, client_of):
    put("1-KPI-2", lambda month: 20 * ((month.month - 4) % 12 + 1))
    page = text_of(client_of(bob).get("/indicators/1-kpi-2/"))
    assert "140回" in page
    assert "2027年3月に240回" in page
    assert "2027年3月までに届きます。" in page


@pytest.mark.parametrize(
    ("slug", "code", "unit", "value", "sentence"),
    [
        ("2-kgi-1", "soc.serious_incidents", Unit.COUNT, 0, "一度も起きていません"),
        ("2-kgi-1", "soc.serious_incidents", Unit.COUNT, 2, "2件起きたので、目標を守れていません"),
        ("2-kpi-3", "intel.shared_indicators", Unit.COUNT, 5, "目標値のない指標です"),
        ("2-kpi-1", "soc.mean_time_to_contain", Unit.HOURS, 12, "目標に届いています"),
    ],
)
def test_each_kind_of_target_has_its_sentence(
    slug, code, unit, value, sentence, offer, store, bob, client_of
):
    offer(lambda scope, month: value, code=code, unit=unit, denominator=None)
    store()
    assert sentence in text_of(client_of(bob).get(f"/indicators/{slug}/"))


def test_a_ward_without_a_target_of_its_own_is_told_so(offer, store, bob, client_of):
    offer(lambda scope, month: 3, code="bpr.workshops", unit=Unit.TIMES, denominator=None)
    store()
    page = text_of(client_of(bob).get("/indicators/1-kpi-2/", {"ward": "131032"}))
    assert "区ごとの目標はありません" in page


def test_without_data_the_page_still_explains_the_indicator(bob, client_of):
    page = text_of(client_of(bob).get("/indicators/2-ksi-1/"))
    assert "ゼロではありません" in page
    assert "この室はまだ値を出していません" in page


@pytest.mark.parametrize("address", ["/indicators/9-kgi-9/", f"{PAGE}?ward=131000", f"{PAGE}?month=never"])
def test_unknown_indicators_wards_and_months_are_not_found(address, bob, client_of):
    assert client_of(bob).get(address).status_code == 404


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client):
    assert client.get(PAGE).status_code == 302


def test_the_page_speaks_english(rising, bob, client_of):
    page = text_of(client_of(bob).get(PAGE, headers={"accept-language": "en"}))
    assert "The target is reached around 2031-10" in page
    assert '<span lang="ja">BPRを実施した部署の割合を' in page
