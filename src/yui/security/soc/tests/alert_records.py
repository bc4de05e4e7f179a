"""Records that the tests of alerts stand on."""

from datetime import datetime, timedelta

from yui.kernel.calendar_jp import TOKYO, today
from yui.registry.facts import SystemFacts
from yui.registry.operations import register_system
from yui.security.soc.engine.triage.facts import AlertFact
from yui.security.soc.models import DetectionRule, Entrustment, Level, RulePack
from yui.security.soc.operations.alerts.raise_alerts import raise_alerts

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=TOKYO)


def entrust(ward, body, **values):
    """Let a joint body watch a ward from today on."""
    return Entrustment.objects.create(organisation=ward, body=body, valid_from=today(), **values)


def make_rule(body, rule_id="9f1c0000-0000-4000-8000-000000000001", **values):
    """Store one rule of the joint body."""
    pack, _new = RulePack.objects.unscoped("test").get_or_create(
        organisation=body, name="試験", defaults={"sha256": "0" * 64, "parsed": 1, "loaded": 1}
    )
    facts = {
        "title": "LSASSメモリの読み出し",
        "level": Level.HIGH,
        "author": "架空 太郎",
        "licence": "DRL 1.1",
        "techniques": ["T1003.001"],
        "tactics": ["credential_access"],
        "visibility": "wards",
        "source": "title: x",
        "sha256": "0" * 64,
    }
    return DetectionRule.objects.create(organisation=body, pack=pack, rule_id=rule_id, **(facts | values))


def make_fact(rule, number=1, *, minutes=0, **values):
    """Return one match; ``minutes`` after noon."""
    at = values.pop("event_at", NOON + timedelta(minutes=minutes))
    facts = {
        "fields": {"CommandLine": "rundll32 comsvcs.dll MiniDump", "Image": r"C:\Windows\rundll32.exe"},
        "matched": [
            {
                "field": "CommandLine",
                "value": "rundll32 comsvcs.dll MiniDump",
                "literal": "minidump",
                "modifier": "contains",
            }
        ],
        "host": "PC-0123",
        "user": "minato\\suzuki",
    }
    return AlertFact(
        rule=rule.rule_id,
        event_id=f"{number:064x}",
        event_at=at,
        detected_at=at + timedelta(seconds=2),
        **(facts | values),
    )


def raise_one(actor, ward, rule, number=1, **values):
    """Raise one alert and return the key of its group."""
    return raise_alerts(actor, ward=ward, facts=[make_fact(rule, number, **values)]).groups[0]


def make_system(actor, ward, code="MN-001", **values):
    """Register one system of the ward."""
    plain = {
        "name": f"試験システム{code}",
        "category": "internal",
        "hosting": "on_premises",
        "network_zone": "lgwan",
        "confidentiality": 3,
    }
    return register_system(actor, organisation=ward, facts=SystemFacts(code=code, **(plain | values)))
