"""The cases of today: a break-in under way, a lost tablet whose papers are due, a site under attack."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from yui.kernel.calendar_jp import now, today
from yui.kernel.demonstration import Demonstration
from yui.kernel.scope.models import Organisation
from yui.organisations.public import User
from yui.registry.public import systems_by_code
from yui.security.soc.models import AlertGroup, AlertState, Incident, IncidentTask, Level, MomentKind
from yui.security.soc.operations.incidents.affect_system import affect_system
from yui.security.soc.operations.incidents.assess_personal_data import assess_personal_data
from yui.security.soc.operations.incidents.assign_commander import assign_commander
from yui.security.soc.operations.incidents.complete_task import complete_task
from yui.security.soc.operations.incidents.declare_incident import declare_incident
from yui.security.soc.operations.incidents.facts import CaseFacts, PersonalDataFacts, SeverityFacts
from yui.security.soc.operations.incidents.open_from_alerts import open_from_alerts
from yui.security.soc.operations.incidents.open_incident import open_incident
from yui.security.soc.operations.incidents.record_moment import record_moment
from yui.security.soc.operations.incidents.set_severity import set_severity

NOTE = "架空データの経過"


def open_cases(demo: Demonstration, random: Random, people: Sequence[User]) -> None:
    """Open the cases of today, with the verbs that people use."""
    _break_in(demo, demo.wards[2], people)
    _lost_tablet(demo, demo.wards[11], people)
    _flooded_site(demo, demo.wards[16], people)


def _break_in(demo: Demonstration, ward: Organisation, people: Sequence[User]) -> None:
    yesterday = today() - timedelta(days=1)
    groups = AlertGroup.objects.owned_by(ward).filter(
        level__gte=Level.HIGH,
        first_event_at__date=yesterday,
        state=AlertState.NEW,
        rule__product__in=("windows", ""),
    )
    keys = list(groups.values_list("pk", flat=True))
    if not keys:
        return
    for group in groups:
        group.state, group.acknowledged_at = AlertState.WORKING, group.detected_at + timedelta(minutes=12)
        group.assignee = people[0] if people else None
        group.save()
    facts = CaseFacts(
        title="文書ファイルからの侵入と認証情報の取り出し",
        category="ransomware",
        summary="添付の文書を開いた端末から、認証情報の取り出しと影のコピーの削除を検知した。(架空)",
    )
    incident = open_from_alerts(demo.actor, groups=keys, facts=facts)
    detected = min(AlertGroup.objects.filter(pk__in=keys).values_list("detected_at", flat=True))
    declared = min(now(), detected + timedelta(minutes=95))
    declare_incident(demo.actor, incident=incident, at=declared, note=NOTE)
    record_moment(
        demo.actor,
        incident=incident,
        kind=MomentKind.CONTAINMENT_STARTED,
        at=min(now(), declared + timedelta(minutes=20)),
        note=NOTE,
    )
    _command(demo, incident, people[0] if people else None)
    set_severity(
        demo.actor,
        incident=incident,
        facts=SeverityFacts(severity_continuity=2, severity_safety=0, severity_trust=2),
        reason="一部の端末に止まり、基幹システムへの影響は確かめられていない。(架空)",
    )
    for code in list(systems_by_code(demo.actor, ward))[:1]:
        affect_system(demo.actor, incident=incident, system_code=code, effect="共有フォルダの切り離し")
    waiting = IncidentTask.objects.owned_by(ward).filter(incident=incident, done_at__isnull=True)
    for task in waiting.order_by("position")[:4]:
        complete_task(demo.actor, task=task, result="済(架空)")


def _lost_tablet(demo: Demonstration, ward: Organisation, people: Sequence[User]) -> None:
    found = now() - timedelta(days=3, hours=5)
    facts = CaseFacts(
        title="訪問調査用タブレットの紛失",
        category="lost_device",
        summary="訪問先からの帰りに業務用タブレットを紛失した。端末は遠隔で消去した。(架空)",
    )
    incident = open_incident(
        demo.actor,
        ward=ward,
        facts=facts,
        detected_at=found,
        occurred_at=found - timedelta(hours=3),
        occurred_until=found - timedelta(hours=1),
    )
    declare_incident(demo.actor, incident=incident, at=found + timedelta(hours=2), note=NOTE)
    assess_personal_data(
        demo.actor,
        incident=incident,
        facts=PersonalDataFacts(leaked_people=240, leak_known_at=found, involves_sensitive=True),
    )
    for kind, hours in ((MomentKind.CONTAINMENT_STARTED, 3), (MomentKind.CONTAINED, 6)):
        record_moment(demo.actor, incident=incident, kind=kind, at=found + timedelta(hours=hours), note=NOTE)
    _command(demo, incident, people[1] if len(people) > 1 else None)


def _flooded_site(demo: Demonstration, ward: Organisation, people: Sequence[User]) -> None:
    found = now() - timedelta(minutes=50)
    facts = CaseFacts(
        title="公式サイトへの大量の通信",
        category="ddos",
        summary="公式サイトがつながりにくい。回線事業者に遮断を依頼した。(架空)",
    )
    incident = open_incident(demo.actor, ward=ward, facts=facts, detected_at=found)
    declare_incident(demo.actor, incident=incident, at=found + timedelta(minutes=25), note=NOTE)


def _command(demo: Demonstration, incident: Incident, person: User | None) -> None:
    if person is not None:
        assign_commander(demo.actor, incident=incident, person=person)
