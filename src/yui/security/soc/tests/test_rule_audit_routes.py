"""Wards without Sysmon: rules on processes read what Windows audits; with Sysmon they do not."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from yui.kernel.calendar_jp import now, today
from yui.security.soc.commands import retrohunt
from yui.security.soc.ingesting import ingest
from yui.security.soc.models import Alert, SeenField
from yui.security.soc.operations.rules.decide_rules import decide_rules
from yui.security.soc.operations.rules.measure_coverage import event_rules, measure_coverage
from yui.security.soc.operations.rules.trying import try_rule
from yui.security.soc.processing.database import DatabaseRules
from yui.security.soc.queries.rules.audit_routes import audit_routes
from yui.security.soc.tests.rule_data import add_rules, see_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule(system_actor, minato, shinjuku):
    (found,) = add_rules(system_actor, "mimikatz")
    for ward in (minato, shinjuku):
        decide_rules(system_actor, ward=ward, rules=[found], is_enabled=True, reason="test")
    return found


@pytest.fixture
def audited(tmp_path):
    """A log as a computer without Sysmon sends it."""
    event = {
        "@timestamp": (now() - timedelta(hours=1)).isoformat(),
        "Channel": "Security",
        "EventID": 4688,
        "NewProcessName": "C:\\x\\mimikatz.exe",
        "Hostname": "PC-1",
    }
    path = tmp_path / "security.json"
    path.write_text(json.dumps(event) + "\n", "utf-8")
    return path


def look(tmp_path, known=""):
    return DatabaseRules(tmp_path / "rules").look(known)


def routes(*wards):
    return [sorted(audit_routes(wards)[ward.code]) for ward in wards]


def test_a_ward_gets_the_routes_while_nothing_of_sysmon_comes(minato, shinjuku):
    assert routes(minato, shinjuku) == [[], []]
    see_fields(minato, "NewProcessName")
    assert routes(minato, shinjuku) == [["audit"], []]
    see_fields(minato, "ProcessGuid")
    assert routes(minato) == [[]]
    sysmon = SeenField.objects.owned_by(minato).filter(field="ProcessGuid")
    sysmon.update(last_seen=today() - timedelta(days=31))
    assert routes(minato) == [["audit"]]


def test_the_stream_follows_what_the_ward_sends(rule, minato, shinjuku, audited, tmp_path):
    first = look(tmp_path)
    assert ingest([audited], shinjuku.code, book=first).alerts == 0
    see_fields(minato, "NewProcessName", service="")
    book = look(tmp_path, first.version)
    assert book is not None, "the rules are read again when the ward's logs change"
    assert look(tmp_path, book.version) is None
    assert ingest([audited], minato.code, book=book).alerts == 1
    assert Alert.objects.owned_by(minato).get().event["NewProcessName"].endswith("mimikatz.exe")
    see_fields(shinjuku, "ProcessGuid", service="")
    apart = look(tmp_path, book.version)
    assert apart.wards[minato.code].routes != apart.wards[shinjuku.code].routes


def test_hunts_and_coverage_follow_too(rule, system_actor, minato, shinjuku, audited):
    for ward in (minato, shinjuku):
        ingest([audited], ward.code)
    # The other ward has computers with Sysmon, where the same process would be found twice.
    see_fields(shinjuku, "ProcessGuid", service="")
    assert try_rule(system_actor, ward=minato, rule=rule, days=1).matches == 1
    assert try_rule(system_actor, ward=shinjuku, rule=rule, days=1).matches == 0
    out = StringIO()
    call_command(retrohunt.Command(), "--rule", rule.rule_id, "--json", stdout=out)
    *found, summary = map(json.loads, out.getvalue().splitlines())
    assert [each["ward"] for each in found] == [minato.code]
    assert (summary["events"], summary["matches"]) == (2, 1)
    rules = event_rules()
    assert measure_coverage(system_actor, ward=minato, rules=rules).blind == 0
    assert measure_coverage(system_actor, ward=shinjuku, rules=rules).blind == 1
