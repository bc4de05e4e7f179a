"""The queue and the record of alerts, as the ward, its watch, a reader and a stranger see them."""

import re

import pytest
from django.urls import reverse

from yui.security.soc.models import AlertGroup, AlertState, Incident, Level
from yui.security.soc.operations.alerts import comment_alert, raise_alerts, take_alerts
from yui.security.soc.tests.alert_records import entrust, make_fact, make_rule, make_system, raise_one

pytestmark = pytest.mark.django_db
QUEUE = "/soc/alerts/"
STEP = "/soc/alerts/step/"


@pytest.fixture
def rule(soc):
    return make_rule(soc)


@pytest.fixture
def group(system_actor, minato, rule):
    return raise_one(system_actor, minato, rule)


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def keys(page):
    return [int(key) for key in re.findall(r'<li data-alert="(\d+)"', page)]


def stored(key):
    return AlertGroup.objects.unscoped("test").get(pk=key)


def test_nobody_reads_without_signing_in(client, group):
    for address in (QUEUE, f"{QUEUE}{group}/", "/soc/alerts/news/"):
        assert client.get(address).status_code == 302


def test_the_most_urgent_comes_first(system_actor, minato, soc, rule, client_of, bob):
    low = make_rule(soc, "low", level=Level.LOW)
    critical = make_rule(soc, "critical", level=Level.CRITICAL)
    made = [raise_one(system_actor, minato, each, n) for n, each in enumerate((low, critical, rule))]
    assert keys(text(client_of(bob).get(QUEUE))) == [made[1], made[2], made[0]]


def test_only_the_ward_and_its_watch_see_it(client_of, alice, charlie, jun, minato, soc, group):
    for person in (charlie, jun):
        client = client_of(person)
        assert keys(text(client.get(QUEUE))) == []
        assert client.get(f"{QUEUE}{group}/").status_code == 404
        assert "LSASS" not in text(client.get(f"{QUEUE}?alert={group}"))
        assert "1件" not in text(client.get("/soc/alerts/news/?newest=0"))
    entrust(minato, soc)
    for person in (alice, jun):
        client = client_of(person)
        assert keys(text(client.get(QUEUE))) == [group]
        assert client.get(f"{QUEUE}{group}/").status_code == 200
    assert keys(text(client_of(charlie).get(QUEUE))) == []


def test_the_record_explains_itself(client_of, bob, group):
    page = text(client_of(bob).get(f"{QUEUE}?alert={group}"))
    for words in ("LSASSメモリの読み出し", "架空 太郎", "DRL 1.1", "T1003.001", "contains"):
        assert words in page
    assert "<mark>MiniDump</mark>" in page


def test_what_an_event_says_is_text(system_actor, minato, rule, client_of, bob):
    hostile = "<script>alert(1)</script>"
    matched = [{"field": hostile, "value": hostile, "literal": "<SCRIPT>", "modifier": "contains"}]
    key = raise_one(
        system_actor, minato, rule, fields={hostile: hostile}, matched=matched, host=hostile, user=hostile
    )
    for address in (QUEUE, f"{QUEUE}{key}/", f"{QUEUE}?alert={key}"):
        assert hostile not in text(client_of(bob).get(address))
    assert "<mark>&lt;script&gt;</mark>" in text(client_of(bob).get(f"{QUEUE}{key}/"))


CONDITIONS = [
    ("state=open", True), ("state=new", True), ("state=working", False), ("state=closed", False),
    ("level=3", True), ("level=4", False), ("ward=131032", True), ("ward=131041", False),
    ("technique=t1003", True), ("technique=T1003.001", True), ("technique=T1059", False),
    ("mine=1", False), ("confidentiality=3", False), ("span=1h", False),
    ("q=PC-01", True), ("q=pc-0123", True), ("q=LSASS", True), ("q=minato%5Csu", True), ("q=zzz", False),
    ("level=99", True), ("rule=999999", False), ("after=x.y.z", True), ("after=1.1.1", False),
    ("after=99999999999999999.1.1", True), ("q=%00", True), ("rule=9999999999999999999", True),
]  # fmt: skip


def test_conditions_narrow_and_nonsense_asks_for_nothing(client_of, bob, group):
    client = client_of(bob)
    for query, found in CONDITIONS:
        assert (keys(text(client.get(f"{QUEUE}?{query}"))) == [group]) is found, query


def test_the_confidentiality_of_the_system_narrows(system_actor, minato, rule, client_of, bob, group):
    make_system(system_actor, minato)
    key = raise_one(system_actor, minato, rule, 2, host="MN-001")
    for query in ("confidentiality=3", "confidentiality=3&level=3"):
        assert keys(text(client_of(bob).get(f"{QUEUE}?{query}"))) == [key]


def test_pages_follow_each_other_without_gap_or_repetition(system_actor, minato, rule, client_of, bob):
    facts = [make_fact(rule, n, host=f"PC-{n}", minutes=n % 7) for n in range(120)]
    raise_alerts(system_actor, ward=minato, facts=facts)
    client, address, seen, pages = client_of(bob), QUEUE, [], []
    while address:
        page = text(client.get(address))
        pages.append(keys(page))
        seen += pages[-1]
        forward = re.search(r'href="([^"]+)" rel="next"', page)
        address = QUEUE + forward.group(1).replace("&amp;", "&") if forward else ""
    assert [len(each) for each in pages] == [50, 50, 20]
    assert len(set(seen)) == 120
    back = re.search(r'href="([^"]+)" rel="prev"', page).group(1).replace("&amp;", "&")
    assert keys(text(client.get(QUEUE + back))) == pages[1]


def test_news_counts_what_came_since(system_actor, minato, rule, client_of, bob, group):
    client = client_of(bob)
    news = re.search(r'data-live-url="([^"]+)"', text(client.get(QUEUE))).group(1).replace("&amp;", "&")
    assert text(client.get(news)).strip() == ""
    raise_one(system_actor, minato, rule, 2, host="PC-2")
    assert "新しい検知が1件あります" in text(client.get(news))


def test_a_step_is_taken_and_can_be_undone(client_of, alice, group):
    client = client_of(alice)
    page = text(
        client.post(STEP, {"step": "take", "alert": group, "next": f"{QUEUE}?alert={group}"}, follow=True)
    )
    assert "1件に着手しました。" in page
    assert stored(group).assignee == alice
    assert 'value="release"' in page
    assert "今の操作を取り消す" not in text(client.get(QUEUE))
    client.post(STEP, {"step": "release", "alert": group})
    assert stored(group).state == AlertState.NEW


def test_closing_needs_a_reason_and_offers_an_incident(client_of, alice, group):
    client = client_of(alice)
    assert "理由" in text(client.post(STEP, {"step": "close", "alert": group, "reason": ""}, follow=True))
    assert stored(group).state == AlertState.NEW
    client.post(
        STEP, {"step": "close", "alert": group, "reason": "true_positive", "note": "確認"}, follow=True
    )
    assert stored(group).close_note == "確認"


def test_many_are_worked_at_once(system_actor, minato, rule, client_of, alice, group):
    other = raise_one(system_actor, minato, rule, 2, host="PC-2")
    data = {"step": "close", "alert": [group, other], "reason": "benign"}
    assert "2件を完了しました" in text(client_of(alice).post(STEP, data, follow=True))
    assert {stored(group).state, stored(other).state} == {AlertState.CLOSED}


def test_the_second_sees_who_was_first(actor_of, client_of, alice, anna, group):
    take_alerts(actor_of(anna), groups=[group])
    page = text(client_of(alice).post(STEP, {"step": "take", "alert": group}, follow=True))
    assert "Annaさん" in page
    assert stored(group).assignee == anna


def test_assigning_commenting_and_attaching_by_form(client_of, alice, anna, minato, group):
    client = client_of(alice)
    incident = Incident.objects.create(organisation=minato, number="1", title="試験", category="malware")
    client.post(STEP, {"step": "assign", "alert": group, "person": anna.pk})
    client.post(STEP, {"step": "comment", "alert": group, "text": "見ました<b>"})
    client.post(STEP, {"step": "attach", "alert": group, "incident": incident.pk})
    assert (stored(group).assignee, stored(group).incident) == (anna, incident)
    assert "見ました&lt;b&gt;" in text(client.get(f"{QUEUE}{group}/"))


def test_readers_get_no_forms_and_are_refused(client_of, bob, group):
    client = client_of(bob)
    assert 'value="take"' not in text(client.get(f"{QUEUE}{group}/"))
    assert client.post(STEP, {"step": "take", "alert": group}).status_code == 403


def test_a_stranger_s_step_finds_nothing(client_of, charlie, group):
    page = text(client_of(charlie).post(STEP, {"step": "take", "alert": group}, follow=True))
    assert "見つかりません" in page
    assert stored(group).state == AlertState.NEW


def test_unknown_steps_are_refused(client_of, alice):
    client = client_of(alice)
    for data in ({}, {"step": "drop"}, {"step": "__init__"}):
        assert client.post(STEP, data).status_code == 400


def test_a_step_leads_back_into_yui_only(client_of, alice, group):
    client = client_of(alice)
    for away in ("https://example.org/", "//example.org", "javascript:alert(1)", ""):
        answer = client.post(STEP, {"step": "take", "alert": group, "next": away})
        assert answer["Location"] == QUEUE, away


def test_what_is_near_stands_beside(system_actor, actor_of, alice, minato, soc, rule, client_of, bob, group):
    other = make_rule(soc, "other", title="権限の昇格")
    raise_one(system_actor, minato, other, 2, minutes=10)
    raise_one(system_actor, minato, make_rule(soc, "late", title="翌日の検知"), 3, minutes=26 * 60)
    comment_alert(actor_of(alice), group=group, text="調べています")
    page = text(client_of(bob).get(f"{QUEUE}{group}/"))
    assert "同じ端末の前後30分" in page
    assert "権限の昇格" in page
    assert "まとめる候補" in page
    assert "調べています" in page
    assert "翌日の検知" not in page


def test_the_shown_event_can_be_chosen(system_actor, minato, rule, client_of, bob):
    facts = [make_fact(rule, n, minutes=n, fields={"CommandLine": f"run {n}"}, matched=[]) for n in range(3)]
    (key,) = raise_alerts(system_actor, ward=minato, facts=facts).groups
    page = text(client_of(bob).get(f"{QUEUE}{key}/"))
    assert "run 2" in page
    first = re.findall(rf"{QUEUE}{key}/\?event=(\d+)", page)[-1]
    assert "run 0" in text(client_of(bob).get(f"{QUEUE}{key}/?event={first}"))
    assert "run 2" in text(client_of(bob).get(f"{QUEUE}{key}/?event=99999999"))


def test_the_ward_chooser_names_only_wards_that_the_reader_reads(client_of, bob, jun, minato, shinjuku, soc):
    assert 'id="soc-ward"' not in text(client_of(bob).get(QUEUE))
    entrust(minato, soc)
    entrust(shinjuku, soc)
    page = text(client_of(jun).get(QUEUE))
    assert re.findall(r'<option value="(1\d{5})"', page) == [minato.code, shinjuku.code]


def test_addresses_are_named():
    assert reverse("soc:alerts") == QUEUE
