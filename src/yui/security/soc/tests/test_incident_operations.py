"""The life of an incident by its verbs: who may, what is refused, what follows."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from yui.kernel.calendar_jp import now
from yui.kernel.events.models import Event
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused
from yui.security.soc.models import (
    AlertGroup,
    EvidenceFile,
    IncidentMoment,
    IncidentState,
    MomentKind,
    MomentSource,
)
from yui.security.soc.operations import incidents
from yui.security.soc.operations.incidents import errors
from yui.security.soc.operations.incidents.facts import (
    CaseFacts,
    PersonalDataFacts,
    ReportFacts,
    SeverityFacts,
)
from yui.security.soc.tests.alert_records import entrust, make_rule, raise_one
from yui.security.soc.tests.incident_records import (
    HOUR,
    keep_file,
    make_system,
    moments,
    papers,
    start,
    stored,
    tasks,
    touched,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(system_actor, minato):
    return start(system_actor, minato)


@pytest.fixture
def entrusted(minato, soc):
    return entrust(minato, soc)


def verbs(incident, ward, actor, system_actor, target):
    """One call of each verb on a prepared incident, by its name."""
    task = tasks(incident)[0]
    paper = next(iter(papers(incident).values()))
    evidence = EvidenceFile.objects.unscoped("test").get(incident=incident)
    system = touched(incident, "MN-001")
    facts = CaseFacts(title="別の件名", category="malware")
    return {
        "open": lambda: start(actor, ward),
        "record": lambda: incidents.record_moment(actor, incident=incident, kind=MomentKind.TRIAGED),
        "revise": lambda: incidents.revise_moment(
            actor, moment=moments(incident)[0], at=now() - 20 * HOUR, reason="時計のずれ"
        ),
        "declare": lambda: incidents.declare_incident(actor, incident=incident),
        "describe": lambda: incidents.describe_incident(actor, incident=incident, facts=facts),
        "reports": lambda: incidents.describe_for_reports(
            actor, incident=incident, facts=ReportFacts(cause="脆弱性")
        ),
        "personal": lambda: incidents.assess_personal_data(
            actor, incident=incident, facts=PersonalDataFacts(leaked_people=3)
        ),
        "severity": lambda: incidents.set_severity(
            actor,
            incident=incident,
            facts=SeverityFacts(severity_continuity=2, severity_safety=0, severity_trust=1),
            reason="窓口が半日止まった",
        ),
        "commander": lambda: incidents.assign_commander(actor, incident=incident, person=None),
        "false": lambda: incidents.judge_false(actor, incident=incident, reason="試験の通信"),
        "merge": lambda: incidents.merge_incident(actor, incident=incident, into=target),
        "playbook": lambda: incidents.apply_playbook(actor, incident=incident, code="ddos"),
        "add task": lambda: incidents.add_task(actor, incident=incident, title="電話する"),
        "complete": lambda: incidents.complete_task(actor, task=task),
        "skip": lambda: incidents.skip_task(actor, task=task, reason="該当なし"),
        "assign": lambda: incidents.assign_task(actor, task=task, person=None),
        "note": lambda: incidents.add_note(actor, incident=incident, text="確認中"),
        "affect": lambda: incidents.affect_system(actor, incident=incident, system_code="MN-002"),
        "contain": lambda: incidents.contain_system(actor, affected=system),
        "detach": lambda: incidents.detach_alerts(actor, incident=incident, groups=[]),
        "collect": lambda: keep_file(actor, incident, b"another"),
        "hand over": lambda: incidents.hand_over_evidence(
            actor, evidence=evidence, holder="警視庁", purpose="鑑定"
        ),
        "send": lambda: incidents.send_paper(actor, duty=paper),
        "waive": lambda: incidents.waive_paper(actor, duty=paper, reason="区長が現場にいる"),
    }


@pytest.fixture
def prepared(incident, system_actor, minato):
    for code in ("MN-001", "MN-002"):
        make_system(system_actor, minato, code)
    incidents.affect_system(system_actor, incident=incident, system_code="MN-001")
    keep_file(system_actor, incident)
    return incident


@pytest.mark.parametrize("person", ["bob", "audrey", "charlie", "jun"])
def test_viewers_auditors_and_strangers_may_change_nothing(
    person, prepared, system_actor, actor_of, minato, request
):
    actor = actor_of(request.getfixturevalue(person))
    target = start(system_actor, minato, hours_ago=12)
    before = Entry.objects.count()
    for name, call in verbs(prepared, minato, actor, system_actor, target).items():
        with pytest.raises(PermissionRefused), transaction.atomic():
            call()
        assert Entry.objects.count() == before, name


@pytest.mark.parametrize("person", ["alice", "jun"])
def test_the_ward_and_the_body_that_watches_it_may(
    person, prepared, system_actor, actor_of, minato, entrusted, request
):
    actor = actor_of(request.getfixturevalue(person))
    target = start(system_actor, minato, hours_ago=12)
    before = Entry.objects.count()
    for name, call in verbs(prepared, minato, actor, system_actor, target).items():
        with transaction.atomic():
            call()
            assert (Entry.objects.count() > before) == (name not in {"commander", "detach"}), name
            transaction.set_rollback(True)


def test_opening_gives_a_number_of_the_ward_its_tasks_and_papers(system_actor, minato, shinjuku):
    first = start(system_actor, minato, category="ransomware")
    second = start(system_actor, minato)
    other = start(system_actor, shinjuku)
    year = now().year
    assert [each.number for each in (first, second, other)] == [
        f"131032-{year}-001",
        f"131032-{year}-002",
        f"131041-{year}-001",
    ]
    assert tasks(first)[0].step == "ransomware.isolate"
    assert tasks(first)[0].due_at == moments(first)[0].at + timedelta(minutes=30)
    assert set(papers(first)) == {"nco_form", "police"}
    assert Entry.objects.filter(verb="soc.incident.open").count() == 3


def test_the_watching_body_gets_the_event_without_its_content(entrusted, soc, system_actor, minato):
    opened = start(system_actor, minato, title="山田太郎の端末")
    event = Event.objects.unscoped("test").get(organisation=soc, kind="soc.incident.open")
    assert opened.number in event.summary
    assert "山田" not in event.summary


def test_an_incident_from_alerts_has_the_alerts_own_times(actor_of, alice, system_actor, minato, soc):
    key = raise_one(system_actor, minato, make_rule(soc))
    group = AlertGroup.objects.unscoped("test").get(pk=key)
    opened = incidents.open_from_alerts(
        actor_of(alice), groups=[key], facts=CaseFacts(title="LSASS", category="unauthorised_access")
    )
    times = {each.kind: each for each in moments(opened)}
    assert times["detected"].at == group.detected_at
    assert times["occurred"].at == group.first_event_at
    assert {each.source for each in times.values()} == {MomentSource.ALERT}
    assert AlertGroup.objects.unscoped("test").get(pk=key).incident == opened
    assert stored(opened).state == IncidentState.TRIAGE


def test_a_past_time_needs_a_reason_and_a_contradiction_is_named(incident, actor_of, alice):
    actor = actor_of(alice)
    with pytest.raises(errors.ReasonNeeded):
        incidents.record_moment(actor, incident=incident, kind=MomentKind.CONTAINED, at=now() - HOUR)
    with pytest.raises(errors.MomentsContradict, match="検知"):
        incidents.record_moment(
            actor, incident=incident, kind=MomentKind.CONTAINED, at=now() - 20 * HOUR, note="電話で聞いた"
        )
    with pytest.raises(errors.MomentsContradict, match="まだ来ていません"):
        incidents.record_moment(
            actor, incident=incident, kind=MomentKind.CONTAINED, at=now() + HOUR, note="予定"
        )
    with pytest.raises(errors.NotRecordable):
        incidents.record_moment(actor, incident=incident, kind=MomentKind.CLOSED)
    assert len(moments(incident)) == 1


def test_a_revision_keeps_the_original_and_moves_what_follows(incident, actor_of, alice):
    actor = actor_of(alice)
    detected = moments(incident)[0]
    due = tasks(incident)[0].due_at
    with pytest.raises(errors.ReasonNeeded):
        incidents.revise_moment(actor, moment=detected, at=now() - 12 * HOUR, reason=" ")
    revision = incidents.revise_moment(actor, moment=detected, at=detected.at - HOUR, reason="時計のずれ")
    assert [each.pk for each in moments(incident)] == [detected.pk, revision.pk]
    assert tasks(incident)[0].due_at == due - HOUR
    with pytest.raises(errors.MomentsContradict, match="もう訂正"):
        incidents.revise_moment(actor, moment=detected, at=now() - 3 * HOUR, reason="もう一度")


def test_the_database_itself_refuses_to_rewrite_a_time(incident):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        IncidentMoment.objects.unscoped("test").filter(incident=incident).update(at=now())
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        cursor.execute("UPDATE soc_incidentmoment SET note = 'x'")


def test_the_last_contained_system_contains_the_incident(prepared, system_actor, actor_of, alice):
    actor = actor_of(alice)
    incidents.affect_system(actor, incident=prepared, system_code="MN-002")
    with pytest.raises(errors.SystemsNotContained, match="MN-001"):
        incidents.record_moment(actor, incident=prepared, kind=MomentKind.CONTAINED)
    at = now().replace(microsecond=0)
    first, second = at - 5 * HOUR, at - 2 * HOUR
    incidents.contain_system(actor, affected=touched(prepared, "MN-002"), at=second, reason="ログから")
    assert stored(prepared).state == IncidentState.DETECTED
    incidents.contain_system(actor, affected=touched(prepared, "MN-001"), at=first, reason="ログから")
    contained = moments(prepared, kind="contained")
    assert [(each.at, each.source) for each in contained] == [(second, MomentSource.SYSTEM)]
    assert stored(prepared).state == IncidentState.CONTAINED
    with pytest.raises(errors.BeforeLastSystem):
        incidents.revise_moment(actor, moment=contained[0], at=first, reason="早く見せたい")
    later = at - HOUR
    incidents.contain_system(actor, affected=touched(prepared, "MN-001"), at=later, reason="再確認")
    assert moments(prepared, kind="contained")[-1].at == later
    for code in ("MN-001", "MN-002"):
        incidents.restore_system(actor, affected=touched(prepared, code))
    assert stored(prepared).state == IncidentState.RESTORED


def test_another_ward_s_system_cannot_be_affected(prepared, actor_of, alice, system_actor, shinjuku):
    make_system(system_actor, shinjuku, "SJ-001")
    with pytest.raises(errors.OtherWard):
        incidents.affect_system(actor_of(alice), incident=prepared, system_code="SJ-001")


def test_closing_needs_containment_and_says_what_is_left(incident, actor_of, alice):
    actor = actor_of(alice)
    with pytest.raises(errors.WorkLeft, match="警察"):
        incidents.close_incident(actor, incident=incident)
    with pytest.raises(errors.MomentsContradict, match="封じ込め"):
        incidents.close_incident(actor, incident=incident, reason="引き継いだ")
    incidents.record_moment(actor, incident=incident, kind=MomentKind.CONTAINED)
    incidents.close_incident(actor, incident=incident, reason="引き継いだ")
    assert stored(incident).state == IncidentState.CLOSED
    with pytest.raises(errors.IncidentEnded):
        incidents.declare_incident(actor, incident=incident)


def test_closing_needs_no_reason_when_everything_is_done(incident, actor_of, alice):
    actor = actor_of(alice)
    for task in tasks(incident):
        incidents.complete_task(actor, task=task)
    for paper in papers(incident).values():
        incidents.send_paper(actor, duty=paper)
    incidents.record_moment(actor, incident=incident, kind=MomentKind.CONTAINED)
    incidents.close_incident(actor, incident=incident)
    assert stored(incident).state == IncidentState.CLOSED


def test_reopening_begins_a_round_with_an_interval_of_its_own(incident, actor_of, alice):
    actor = actor_of(alice)
    with pytest.raises(errors.NotEnded):
        incidents.reopen_incident(actor, incident=incident, reason="再発")
    incidents.record_moment(actor, incident=incident, kind=MomentKind.CONTAINED)
    incidents.close_incident(actor, incident=incident, reason="済")
    incidents.reopen_incident(actor, incident=incident, reason="同じ通信が再び出た")
    again = stored(incident)
    assert (again.round, again.state) == (2, IncidentState.DETECTED)
    incidents.record_moment(actor, incident=again, kind=MomentKind.CONTAINED)
    assert [each.round for each in moments(incident, kind="contained")] == [1, 2]


def test_merging_never_shortens_a_response(incident, system_actor, actor_of, alice, minato, soc):
    actor = actor_of(alice)
    target = start(system_actor, minato, hours_ago=2)
    key = raise_one(system_actor, minato, make_rule(soc))
    AlertGroup.objects.unscoped("test").filter(pk=key).update(incident=incident)
    incidents.merge_incident(actor, incident=incident, into=target)
    ended = stored(incident)
    assert (ended.state, ended.merged_into) == (IncidentState.MERGED, target)
    detections = moments(target, kind="detected")
    assert detections[-1].at == moments(incident, kind="detected")[0].at
    assert detections[-1].revises == detections[0]
    assert AlertGroup.objects.unscoped("test").get(pk=key).incident == target


def test_incidents_of_two_wards_are_never_merged(incident, system_actor, shinjuku):
    with pytest.raises(errors.OtherWard):
        incidents.merge_incident(system_actor, incident=incident, into=start(system_actor, shinjuku))
    with pytest.raises(errors.IntoItself):
        incidents.merge_incident(system_actor, incident=incident, into=incident)
