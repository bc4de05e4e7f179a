"""A report is made once for each period, again only from other data, and holds what all its readers see."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from yui.governance.indicators.models import IndicatorSnapshot
from yui.governance.reports.engine.content import canonical, digest
from yui.governance.reports.errors import PeriodNotOver
from yui.governance.reports.facts import NoteFacts
from yui.governance.reports.models import Edition, EditionFile, EditionIsKept, Report
from yui.governance.reports.operations import add_note, make_report
from yui.governance.reports.tests.conftest import OCTOBER, PERIOD, editions, fresh
from yui.kernel.calendar_jp import FiscalYear, Month, Period
from yui.kernel.explanations.registry import Statement, Topic, explainer
from yui.kernel.notices.models import Notice

pytestmark = pytest.mark.django_db


def told(report, language="ja"):
    """What the newest edition says."""
    return json.loads(editions(report)[-1].content)["languages"][language]


def test_an_edition_holds_figures_changes_and_hash(joint):
    edition = editions(joint)[0]
    assert edition.number == 1 and edition.sha256 == digest(edition.content)
    assert canonical(json.loads(edition.content)) == edition.content
    bpr = told(joint)["indicators"][0]
    assert (bpr["code"], bpr["value"], bpr["change_text"], bpr["year_text"]) == (
        "1-KSI-1", "40", "+1.0ポイント", "+12.0ポイント",
    )  # fmt: skip
    assert bpr["is_public"] and bpr["target_text"] == "80%以上" and bpr["status"] == "late"
    assert len(bpr["points"]) == 36 and bpr["points"][0] is None and bpr["points"][-1] == "40"
    assert told(joint, "en")["indicators"][0]["title"] == "Departments that carried out BPR"
    assert told(joint)["indicators"][1]["value"] is None
    assert told(joint)["indicators"][1]["value_text"] == "データなし"
    assert "令和8年度" in told(joint)["period_text"]
    assert told(joint)["measured_text"].startswith("2026年11月2日")


def test_the_joint_report_has_the_wards_and_a_wards_the_median(joint, own):
    wards = told(joint)["wards"]
    assert [code for code, _title in wards["titles"]] == ["1-KSI-1"] and len(wards["rows"]) == 23
    assert told(own)["wards"] is None
    assert told(own)["indicators"][0]["median_text"] == "32.0%"
    assert told(joint)["indicators"][0]["median_text"] == ""
    assert told(own)["whose"] == "港区" and told(joint)["whose"] == "23区全体"


def test_made_again_without_change_it_stays_one_edition(joint, system_actor):
    again = make_report(system_actor, plan=joint.plan, period=PERIOD)
    assert again.report == joint and again.edition is None
    assert len(editions(joint)) == 1


def test_new_data_make_a_new_edition_and_the_old_one_stays(joint, system_actor):
    before = editions(joint)[0]
    IndicatorSnapshot.objects.unscoped("test").filter(
        indicator_code="1-KSI-1", scope_code="joint", month=OCTOBER.first_day
    ).update(value=Decimal(41))
    made = make_report(system_actor, plan=joint.plan, period=PERIOD)
    assert made.edition is not None and made.edition.number == 2
    assert editions(joint)[0].content == before.content


def test_neither_edition_nor_file_changes_or_goes(joint):
    editions_of = Edition.objects.unscoped("test")
    with pytest.raises(DatabaseError), transaction.atomic():
        editions_of.update(content="{}")
    for kept in (editions_of, EditionFile.objects.unscoped("test"), editions(joint)[0]):
        with pytest.raises(EditionIsKept):
            kept.delete()
    assert len(editions(joint)) == 1


def test_a_period_that_goes_on_is_not_reported(joint, system_actor, monkeypatch):
    future = Period.of_month(Month(2199, 1))
    with pytest.raises(PeriodNotOver):
        make_report(system_actor, plan=joint.plan, period=future)


def test_who_may_only_look_makes_nothing(joint, own, bob, alice, charlie, actor_of):
    for person, report in ((bob, own), (charlie, own), (alice, joint)):
        with pytest.raises(PermissionDenied):
            make_report(actor_of(person), plan=report.plan, period=PERIOD)
    assert make_report(actor_of(alice), plan=own.plan, period=PERIOD).edition is None


def test_approvers_hear_of_a_new_draft_once(plan_of, minato, anna, alice, figures, rooms, system_actor):
    plan = plan_of(minato)
    make_report(system_actor, plan=plan, period=PERIOD)
    make_report(system_actor, plan=plan, period=PERIOD)
    assert list(Notice.objects.values_list("user_id", flat=True)) == [anna.pk]


def test_rooms_are_asked_with_the_eyes_of_all_readers(plan_of, secretariat, minato, rooms, system_actor):
    asked = []

    def explain(actor, scope, month):
        asked.append((scope.code, month, actor.is_member, actor.organisation_ids))
        return [Statement("x", Topic.RISK, "聞こえた", 70, "/there/")]

    explainer(code="room", title="部屋")(explain)
    joint = make_report(system_actor, plan=plan_of(secretariat), period=PERIOD).report
    own = make_report(system_actor, plan=plan_of(minato), period=PERIOD).report
    assert told(joint)["statements"] == told(own)["statements"]
    assert told(own)["statements"][0] == {
        "link": "/there/", "room": "部屋", "text": "聞こえた", "topic": "risk", "weight": 70,
    }  # fmt: skip
    assert {each[:3] for each in asked} == {("joint", OCTOBER, True), (minato.code, OCTOBER, True)}
    assert {each[3] for each in asked if each[0] == minato.code} == {frozenset({minato.pk})}
    assert {each[3] for each in asked if each[0] == "joint"} == {frozenset({0})}


def test_a_wards_secret_reaches_neither_another_wards_nor_the_joint_report(
    plan_of, secretariat, minato, shinjuku, figures, rooms, system_actor
):
    """A room that tells all it sees of scoped records: whatever a reader's eyes are, the wall holds."""
    save = plan_of(minato, kind="annual", title="港区だけの秘密", items=())
    assert save.visibility == "own"

    def explain(actor, scope, month):
        seen = type(save).objects.visible_to(actor)
        return [Statement(f"p{each.pk}", Topic.CHANGE, each.title) for each in seen]

    explainer(code="room", title="部屋")(explain)
    made = {
        body: make_report(system_actor, plan=plan_of(body), period=PERIOD).report
        for body in (secretariat, shinjuku, minato)
    }
    assert "港区だけの秘密" in editions(made[minato])[0].content
    for body in (secretariat, shinjuku):
        assert "港区だけの秘密" not in editions(made[body])[0].content


def test_a_room_that_fails_is_named(plan_of, secretariat, rooms, system_actor):
    def broken(actor, scope, month):
        raise ArithmeticError

    explainer(code="broken", title="こわれた部屋")(broken)
    report = make_report(system_actor, plan=plan_of(secretariat), period=PERIOD).report
    assert told(report)["silent"] == ["こわれた部屋"]


def test_the_annual_report_repeats_what_weighed_in_its_months(plan_of, minato, figures, rooms, system_actor):
    def explain(actor, scope, month):
        return [
            Statement("big", Topic.CHANGE, f"大きな変化{month.month}", 80),
            Statement("small", Topic.CHANGE, f"小さな変化{month.month}", 20),
        ]

    explainer(code="room", title="部屋")(explain)
    monthly = plan_of(minato)
    for month in (Month(2025, 6), Month(2025, 5)):
        make_report(system_actor, plan=monthly, period=Period.of_month(month))
    year = Period.of_fiscal_year(FiscalYear(2025))
    report = make_report(system_actor, plan=plan_of(minato, kind="annual"), period=year).report
    texts = [each["text"] for each in told(report)["statements"]]
    assert texts == ["2025年5月: 大きな変化5", "2025年6月: 大きな変化6", "大きな変化3", "小さな変化3"]
    assert len(told(report)["indicators"][0]["points"]) == 12
    assert Report.objects.unscoped("test").get(kind="annual").first_day.month == 4


def test_notes_stay_when_the_report_is_made_again(joint, system_actor):
    add_note(system_actor, report=joint, facts=NoteFacts("risk", "気をつける\x0bこと"))
    make_report(system_actor, plan=joint.plan, period=PERIOD)
    newest = json.loads(editions(joint)[-1].content)
    assert [note["text"] for note in newest["notes"]] == ["気をつけること"]
    assert fresh(joint).is_draft
