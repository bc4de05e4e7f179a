"""One record of every kind of the SOC: a ward's own, and those that the joint body keeps once for all."""

import io
from datetime import date, timedelta

from yui.kernel.calendar_jp import now, today
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.models import User
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.engine.triage.facts import AlertFact
from yui.security.soc.event_store.arriving import Batch
from yui.security.soc.event_store.event_ids import event_id
from yui.security.soc.event_store.writing import EventStore
from yui.security.soc.models import (
    Absence,
    AffectedSystem,
    DetectionRule,
    Duty,
    EscalationStep,
    Handover,
    IncidentMoment,
    IncidentTask,
    JointAlert,
    Level,
    PaperFormat,
    RejectedInput,
    RulePack,
    RuleTrial,
    SavedHunt,
    SavedHuntCount,
    Shift,
    Sighting,
)
from yui.security.soc.operations import incidents
from yui.security.soc.operations.alerts.comment_alert import comment_alert
from yui.security.soc.operations.alerts.raise_alerts import raise_alerts
from yui.security.soc.operations.incidents.draft_paper import draft_paper
from yui.security.soc.operations.incidents.facts import CaseFacts, PersonalDataFacts
from yui.security.soc.operations.rules.add_exclusion import add_exclusion
from yui.security.soc.operations.senders.entrust_watch import EntrustmentFacts, entrust_watch
from yui.security.soc.operations.senders.register_sender import SenderFacts, register_sender

Keys = dict[str, int | str]
SOURCE = """title: 歩きの試験
id: 5d0b0b52-6d3f-4f0e-8f0a-000000000001
author: 架空
logsource: {product: windows, category: process_creation}
detection:
  selection: {Image|endswith: '\\試験.exe'}
  condition: selection
level: high
"""


def make_soc_records(ward: Organisation, secret: str, officer: User, actor: Actor) -> Keys:
    """Make what a ward has of its own: sender, events, alerts, an incident with its parts, an exclusion.

    Args:
        officer: of the ward, who saves a hunt.
    """
    shared = _shared()
    entrustment = entrust_watch(actor, ward=ward, facts=EntrustmentFacts(valid_from=date(2026, 4, 1)))
    sender = register_sender(actor, ward=ward, facts=SenderFacts(f"{secret}送信元", "token", ("hec",))).sender
    RejectedInput.objects.create(
        organisation=ward, sender=sender, day=today(), reason="not_json", count=2,
        detail=f"{secret}の拒否", sample=f"{secret}の例", last_at=now(),
    )  # fmt: skip
    rule = DetectionRule.objects.unscoped("walk").get(pk=shared["rule"])
    keys = {"sender": sender.pk, "entrustment": entrustment.pk}
    keys |= _make_events(ward, secret)
    keys |= _make_alerts(ward, secret, actor, rule, str(keys["event"]))
    keys |= _make_incident(ward, secret, actor)
    keys |= _make_hunt(ward, secret, officer)
    exclusion = add_exclusion(
        actor,
        ward=ward,
        rule=rule,
        condition={"Image": f"{secret}.exe"},
        reason=f"{secret}の除外",
        expires_on=today() + timedelta(days=30),
    )
    RuleTrial.objects.create(
        organisation=ward, rule=rule, rule_sha256=rule.sha256, since=now() - timedelta(days=1), until=now(),
        events=10, matches=1, hosts=1, examples=[{"host": f"{secret}端末"}],
    )  # fmt: skip
    return {f"soc_{name}": key for name, key in (shared | keys | {"exclusion": exclusion.pk}).items()}


def _make_events(ward: Organisation, secret: str) -> Keys:
    moment = int((now() - timedelta(hours=2)).timestamp() * 1_000_000)
    fields = {"EventID": 1, "Channel": "Security", "Computer": f"{secret}端末", "Image": r"C:\試験.exe"}
    record = LogRecord(LogSource("windows"), moment, fields, f'{{"Computer":"{secret}端末"}}')
    identifier = event_id(ward.code, "walk")
    EventStore().append_many([Batch(ward.code, [record], [moment], [identifier])])
    return {"event": identifier.hex()}


def _make_hunt(ward: Organisation, secret: str, officer: User) -> Keys:
    hunt = SavedHunt.objects.create(
        organisation=ward, owner=officer, name=f"{secret}のハント", text=f'"{secret}"',
        why=f"{secret}のねらい", is_private=False, is_daily=True,
    )  # fmt: skip
    SavedHuntCount.objects.create(hunt=hunt, day=today(), problem=f"{secret}の理由")
    return {"saved_hunt": hunt.pk}


def _make_alerts(ward: Organisation, secret: str, actor: Actor, rule: DetectionRule, event: str) -> Keys:
    at = now() - timedelta(hours=2)
    fact = AlertFact(
        rule=rule.rule_id,
        event_id=event,
        event_at=at,
        detected_at=at + timedelta(seconds=3),
        fields={"Image": f"C:\\{secret}\\試験.exe"},
        matched=[{"field": "Image", "value": secret, "literal": "試験", "modifier": "endswith"}],
        host=f"{secret}端末",
        user=f"{secret}利用者",
    )
    group = raise_alerts(actor, ward=ward, facts=[fact]).groups[0]
    comment_alert(actor, group=group, text=f"{secret}のコメント")
    return {"alert": group}


def _make_incident(ward: Organisation, secret: str, actor: Actor) -> Keys:
    facts = CaseFacts(title=f"{secret}事案", category="cloud_leak", summary=f"{secret}の概要")
    incident = incidents.open_incident(actor, ward=ward, facts=facts, detected_at=now() - timedelta(hours=5))
    incidents.declare_incident(actor, incident=incident)
    incidents.assess_personal_data(actor, incident=incident, facts=PersonalDataFacts(leaked_people=500))
    incidents.add_note(actor, incident=incident, text=f"{secret}の記録")
    incidents.affect_system(actor, incident=incident, system_code="S-1", effect=f"{secret}の影響")
    evidence = incidents.collect_evidence(
        actor, incident=incident, file=io.BytesIO(secret.encode()), name=f"{secret}証拠.txt"
    )
    parts = {
        name: model.objects.owned_by(ward).filter(incident=incident).order_by("pk")[0].pk
        for name, model in (
            ("moment", IncidentMoment),
            ("task", IncidentTask),
            ("affected", AffectedSystem),
            ("paper", Duty),
        )
    }
    paper = Duty.objects.owned_by(ward).get(pk=parts["paper"])
    draft = draft_paper(actor, duty=paper, file_format=PaperFormat.DOCX)
    return parts | {"incident": incident.pk, "evidence": evidence.pk, "draft": draft.pk}


def _shared() -> Keys:
    """Make, once, what the joint body keeps: a rule, a joint alert and its sighting, a day of the rota."""
    body = Organisation.objects.get(code="JB-SOC")
    rule = DetectionRule.objects.unscoped("walk").first()
    if rule is None:
        _make_shared(body)
        rule = DetectionRule.objects.unscoped("walk").get()
    return {
        "rule": rule.pk,
        **{
            name: model.objects.unscoped("walk").get().pk
            for name, model in (
                ("pack", RulePack),
                ("joint_alert", JointAlert),
                ("sighting", Sighting),
                ("shift", Shift),
                ("absence", Absence),
                ("handover", Handover),
                ("step", EscalationStep),
            )
        },
    }


def _make_shared(body: Organisation) -> None:
    pack = RulePack.objects.create(
        organisation=body,
        name="架空のルール",
        sha256="0" * 64,
        parsed=1,
        loaded=1,
        visibility=Visibility.WARDS,
    )
    DetectionRule.objects.create(
        organisation=body, pack=pack, rule_id="5d0b0b52-6d3f-4f0e-8f0a-000000000001", title="歩きの試験",
        level=Level.HIGH, author="架空", product="windows", category="process_creation", source=SOURCE,
        sha256="1" * 64, is_default=True, visibility=Visibility.WARDS,
    )  # fmt: skip
    seen = {"first_seen": now() - timedelta(hours=3), "last_seen": now(), "count": 4}
    joint = JointAlert.objects.create(
        organisation=body, key_kind="domain", key_value="attack.example", level=Level.HIGH, surprise=6.0,
        detected_at=now(), ward_count=2, **seen,
    )  # fmt: skip
    Sighting.objects.create(
        organisation=body, joint_alert=joint, key_kind="domain", key_value="attack.example",
        level=Level.HIGH, visibility=Visibility.WARDS, **seen,
    )  # fmt: skip
    person = User.objects.create_user(username="watcher", email="watcher@soc.example", name_ja="当番 一郎")
    Shift.objects.create(
        organisation=body, person=person, kind="day", starts_at=now(), ends_at=now() + timedelta(hours=12)
    )
    Absence.objects.create(organisation=body, person=person, first_day=today(), last_day=today())
    Handover.objects.create(
        organisation=body, shift_kind="day", for_shift_at=now(), text="引継ぎ", written_at=now()
    )
    EscalationStep.objects.create(
        organisation=body,
        position=1,
        minimum_level=3,
        after_minutes=15,
        channel="mail",
        target="a@soc.example",
    )
