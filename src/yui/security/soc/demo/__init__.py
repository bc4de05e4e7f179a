"""Makes the SOC's 架空データ: three years of watch, three days of events, and the cases of today."""

from collections.abc import Sequence
from random import Random

from yui.kernel.demonstration import Demonstration
from yui.kernel.ledger.append import Act, append
from yui.kernel.links import urn
from yui.kernel.scope.models import Organisation, Visibility
from yui.kernel.scope.querysets import unscoped_allowed
from yui.organisations.public import User
from yui.security.soc.demo.cases import open_cases
from yui.security.soc.demo.history import make_history
from yui.security.soc.demo.hunts import make_hunts
from yui.security.soc.demo.rules import make_rules
from yui.security.soc.demo.stream import play
from yui.security.soc.demo.watch import make_watch
from yui.security.soc.models import (
    Alert,
    AlertGroup,
    DetectionRule,
    Entrustment,
    Incident,
    IncidentMoment,
    LogSender,
    SenderProof,
    SenderProtocol,
)
from yui.security.soc.operations.rules.measure_coverage import event_rules, measure_coverage
from yui.security.soc.operations.senders.proofs import token_sha256
from yui.security.soc.policies import joint_body

__all__ = ["seed"]

HINT = "架空"


def seed(demo: Demonstration) -> None:
    """Make the watch of every ward; the same seed gives the same data."""
    random = demo.random_for("soc")
    with unscoped_allowed("demonstration data"):
        body = joint_body()
        people = _people_of(body)
        _entrust(demo, body)
        rules = make_rules(demo.actor)
        senders = {ward.code: _make_sender(demo, random, ward) for ward in demo.wards}
        for ward in demo.wards:
            _seed_ward(demo, random, ward, rules, people)
        play(random, demo.wards, senders)
        seeing = event_rules()
        for ward in demo.wards:
            measure_coverage(demo.actor, ward=ward, rules=seeing)
        open_cases(demo, random, people)
        make_watch(demo, body, people)
        make_hunts(body, people)


def _people_of(body: Organisation) -> list[User]:
    return list(
        User.objects.filter(memberships__organisation=body, memberships__role="joint_staff")
        .order_by("pk")
        .distinct()
    )


def _entrust(demo: Demonstration, body: Organisation) -> None:
    Entrustment.objects.bulk_create(
        Entrustment(
            organisation=ward,
            body=body,
            valid_from=demo.first_month.first_day,
            visibility=Visibility.WARDS,
            minimum_wards=2 + place % 3 // 2,
        )
        for place, ward in enumerate(demo.wards)
    )


def _make_sender(demo: Demonstration, random: Random, ward: Organisation) -> int:
    """Make a sender whose token nobody knows, and which therefore cannot be used."""
    sender = LogSender.objects.create(
        organisation=ward,
        name="ログ集約サーバー(架空)",
        proof=SenderProof.TOKEN,
        protocols=[SenderProtocol.HEC],
        secret_hint=HINT,
        secret_sha256=token_sha256(f"{demo.seed}:{ward.code}:{random.getrandbits(128)}"),
    )
    return sender.pk


def _seed_ward(
    demo: Demonstration,
    random: Random,
    ward: Organisation,
    rules: Sequence[DetectionRule],
    people: Sequence[User],
) -> None:
    made = make_history(demo, random, ward, rules, people)
    AlertGroup.objects.bulk_create(made.groups, batch_size=500)
    Alert.objects.bulk_create(made.alerts, batch_size=500)
    Incident.objects.bulk_create(made.incidents)
    IncidentMoment.objects.bulk_create(made.moments, batch_size=500)
    counts = {"groups": len(made.groups), "alerts": len(made.alerts), "incidents": len(made.incidents)}
    payload = {"summary": "架空データの検知とインシデントを登録しました。", "changes": {}, "data": counts}
    append(ward.code, [Act(demo.actor.name, "soc.seed", urn("soc.ward", ward.code), payload)])
