"""``yui soc ingest``: files go in once, alerts come, and the counts add up."""

import gzip
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from yui.kernel.lake.models import LakeFile
from yui.kernel.scope.querysets import unscoped_allowed
from yui.security.soc.commands import ingest
from yui.security.soc.demo.rules import make_rules
from yui.security.soc.models import Alert, RejectedInput, SeenField
from yui.security.soc.operations.rules.decide_rules import decide_rules
from yui.security.soc.tests.rule_data import add_rules

pytestmark = pytest.mark.django_db
LINES = [
    {"@timestamp": "2026-11-20T01:00:00Z", "Channel": "Microsoft-Windows-Sysmon/Operational", "EventID": 1,
     "Image": "C:\\tools\\mimikatz.exe", "Hostname": "PC-1"},
    {"@timestamp": "2026-11-20T01:00:01Z", "Channel": "Microsoft-Windows-Sysmon/Operational", "EventID": 1,
     "Image": "C:\\tools\\calc.exe", "Hostname": "PC-1"},
    {"@timestamp": "2020-01-01T00:00:00Z", "Channel": "Security", "EventID": 4624, "Hostname": "PC-2"},
    {"Channel": "Security", "EventID": 4625, "Hostname": "PC-2"},
    {"Channel": "Security", "EventID": 4625, "Hostname": "PC-2"},
]  # fmt: skip


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "events.json"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES) + '{"broken": \n', "utf-8")
    return path


def told(*paths, ward="131032"):
    out = StringIO()
    call_command(ingest.Command(), *map(str, paths), "--ward", ward, "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def test_counts_add_up_and_a_repetition_changes_nothing(organisations, log, tmp_path):
    first = told(log)
    assert (first["events"], first["stored"], first["duplicates"]) == (5, 5, 0)
    assert sum(one["count"] for one in first["rejected"]) == 1
    assert RejectedInput.objects.unscoped("test").get().count == 1
    assert SeenField.objects.unscoped("test").filter(field="Image").exists()
    files = LakeFile.objects.count()
    again = told(log)
    assert (again["events"], again["stored"], again["duplicates"]) == (5, 0, 5)
    packed = tmp_path / "other name.gz"
    packed.write_bytes(gzip.compress(log.read_bytes()))
    assert told(packed)["stored"] == 0
    assert LakeFile.objects.count() == files
    assert RejectedInput.objects.unscoped("test").get().count == 1
    assert told(log, ward="131041")["stored"] == 5


def test_events_of_a_file_are_filed_by_their_own_time_however_old(organisations, log):
    told(log)
    parts = set(LakeFile.objects.values_list("part", flat=True))
    assert parts == {"2026-11-20T01", "2020-01-01T00"}


def test_rules_that_are_on_in_the_ward_raise_alerts_once(organisations, log, system_actor, minato):
    rules = add_rules(system_actor, "mimikatz", "calc")
    decide_rules(system_actor, ward=minato, rules=rules[:1], is_enabled=True, reason="test")
    assert told(log)["alerts"] == 1
    assert told(log)["alerts"] == 0
    alert = Alert.objects.unscoped("test").get()
    assert (alert.organisation, alert.rule) == (minato, rules[0])


def test_what_is_missing_is_told(organisations, log, tmp_path):
    with pytest.raises(CommandError, match="999999"):
        told(log, ward="999999")
    with pytest.raises(SystemExit) as ended:
        told(tmp_path / "nowhere")
    assert ended.value.code == 2
    assert not LakeFile.objects.exists()


def test_people_read_words(organisations, log):
    out = StringIO()
    call_command(ingest.Command(), str(log), "--ward", "131032", "--no-detect", stdout=out, stderr=StringIO())
    assert "5 stored" in out.getvalue()


def test_correlations_look_at_all_files_together(organisations, system_actor, minato, tmp_path):
    with unscoped_allowed("demonstration rules"):
        make_rules(system_actor)
    for part, seconds in (("b", range(6, 12)), ("a", range(6))):
        lines = [
            {"@timestamp": f"2026-11-20T01:00:{second:02}Z", "Channel": "Security", "EventID": 4625,
             "IpAddress": "203.0.113.66", "TargetUserName": "sato", "Computer": "SV-1"}
            for second in seconds
        ]  # fmt: skip
        (tmp_path / f"{part}.json").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert told(tmp_path)["alerts"] == 1
    alert = Alert.objects.unscoped("test").select_related("rule").get()
    assert alert.rule.title == "短い時間に続くログオンの失敗"
    assert told(tmp_path)["alerts"] == 0
