"""Plans, notes, closing and publishing: who may, what is refused, and what the ledger remembers."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from yui.governance.reports.errors import (
    AlreadyClosed,
    NotClosed,
    NothingNew,
    NothingPublic,
    NotReportedOn,
    TooManyNotes,
    UnknownIndicators,
)
from yui.governance.reports.facts import MOST_NOTES, ItemFacts, NoteFacts, PlanFacts
from yui.governance.reports.models import Note, PlanItem, Report
from yui.governance.reports.operations import (
    add_note,
    change_note,
    close_report,
    make_report,
    publish_report,
    remove_note,
    save_plan,
)
from yui.governance.reports.tests.conftest import ITEMS, PERIOD, editions, fresh
from yui.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db
NOTE = NoteFacts("risk", "気をつけること", 60)


def test_a_plan_keeps_its_indicators_in_their_order(plan_of, minato, system_actor):
    plan = plan_of(minato, items=(ItemFacts("2-KPI-1"), ItemFacts("1-KSI-1", True), ItemFacts("2-KPI-1")))
    items = PlanItem.objects.unscoped("test").filter(plan=plan)
    assert [(each.indicator_code, each.is_public) for each in items] == [
        ("2-KPI-1", False), ("1-KSI-1", True),
    ]  # fmt: skip
    count = Entry.objects.count()
    same = PlanFacts("annual", plan.title, (ItemFacts("2-KPI-1"), ItemFacts("1-KSI-1", True)))
    assert save_plan(system_actor, organisation=minato, facts=same, plan=plan).kind == "monthly"
    assert Entry.objects.count() == count


def test_plans_that_cannot_be_are_refused(plan_of, minato, soc, system_actor):
    plan_of(minato)
    with pytest.raises(ValidationError):
        plan_of(minato)
    with pytest.raises(NotReportedOn):
        plan_of(soc)
    with pytest.raises(UnknownIndicators, match="9-KPI-9"):
        plan_of(minato, kind="annual", items=(ItemFacts("9-KPI-9"),))
    for wrong in ({"day_of_month": 0}, {"day_of_month": 29}, {"title": ""}, {"kind": "weekly"}):
        facts = {"kind": "annual", "title": "x", "items": ()} | wrong
        with pytest.raises(ValidationError):
            save_plan(system_actor, organisation=minato, facts=PlanFacts(**facts))


def test_only_who_edits_keeps_a_plan(plan_of, minato, bob, charlie, alice, actor_of):
    facts = PlanFacts("monthly", "型", ITEMS)
    for person in (bob, charlie):
        with pytest.raises(PermissionDenied):
            save_plan(actor_of(person), organisation=minato, facts=facts)
    assert save_plan(actor_of(alice), organisation=minato, facts=facts).visibility == "own"


def test_notes_have_their_rules(own, bob, charlie, alice, actor_of, system_actor):
    for person in (bob, charlie):
        with pytest.raises(PermissionDenied):
            add_note(actor_of(person), report=own, facts=NOTE)
    for wrong in ({"text": " \n"}, {"weight": 101}, {"topic": "joke"}, {"text": "あ" * 2001}):
        with pytest.raises(ValidationError):
            add_note(actor_of(alice), report=own, facts=NoteFacts(**({"topic": "risk", "text": "x"} | wrong)))
    note = add_note(actor_of(alice), report=own, facts=NOTE)
    with pytest.raises(PermissionDenied):
        remove_note(actor_of(charlie), note=note)
    change_note(actor_of(alice), note=note, facts=NOTE)
    assert Entry.objects.filter(verb="reports.note.change").count() == 0
    remove_note(actor_of(alice), note=note)
    Note.objects.bulk_create(Note(report=own, topic="risk", text=str(n)) for n in range(MOST_NOTES))
    with pytest.raises(TooManyNotes):
        add_note(actor_of(alice), report=own, facts=NOTE)


def test_closing_and_publishing_are_for_who_approves(own, alice, anna, actor_of):
    with pytest.raises(NotClosed):
        publish_report(actor_of(anna), report=own)
    with pytest.raises(PermissionDenied):
        close_report(actor_of(alice), report=own)
    close_report(actor_of(anna), report=own)
    with pytest.raises(AlreadyClosed):
        close_report(actor_of(anna), report=own)
    with pytest.raises(PermissionDenied):
        publish_report(actor_of(alice), report=own)
    publish_report(actor_of(anna), report=own)
    with pytest.raises(NothingNew):
        publish_report(actor_of(anna), report=own)
    assert [*Entry.objects.filter(verb__startswith="reports.report.").values_list("verb", flat=True)] == [
        "reports.report.make", "reports.report.close", "reports.report.publish",
    ]  # fmt: skip


def test_what_has_nothing_public_is_not_published(plan_of, minato, rooms, system_actor):
    plan = plan_of(minato, items=(ItemFacts("1-KSI-1"),))
    report = make_report(system_actor, plan=plan, period=PERIOD).report
    add_note(system_actor, report=report, facts=NOTE)
    close_report(system_actor, report=report)
    with pytest.raises(NothingPublic):
        publish_report(system_actor, report=report)
    assert fresh(report).state == "closed" and not editions(report, "public")


def test_the_database_holds_the_states_to_their_moments(own):
    reports = Report.objects.unscoped("test").filter(pk=own.pk)
    for wrong in ({"state": "closed"}, {"state": "published"}, {"state": "odd"}, {"visibility": "public"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            reports.update(**wrong)
