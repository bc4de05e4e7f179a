"""``yui soc detect``: no database, one alert a line, then the summary."""

import gzip
import json
import zipfile
from io import StringIO

import pytest
from django.core.management import call_command

from yui.security.soc.commands.detect import Command
from yui.security.soc.tests.sigma_samples import SYSMON, rule_text

PROCESS = {"product": "windows", "category": "process_creation"}
LINE = {"Channel": SYSMON, "EventID": 1, "Image": "C:\\x.exe", "UtcTime": "2026-11-26 08:00:00.000"}
CORRELATION = """
title: Three of them
id: 00000000-0000-4000-8000-00000000cccc
author: C
level: high
correlation:
  type: event_count
  rules: [r1]
  group-by: [Image]
  timespan: 5m
  condition: {gte: 3}
"""


@pytest.fixture
def rules(tmp_path):
    folder = tmp_path / "pack" / "rules"
    folder.mkdir(parents=True)
    text = rule_text(
        {"Image|endswith": "\\x.exe"}, logsource=PROCESS, author="A. Author", level="high", name="r1"
    )
    (folder / "one.yml").write_text(text)
    (tmp_path / "pack" / "LICENSE").write_text(
        "Detection Rule License (DRL) 1.1\n\nPermission is hereby granted"
    )
    return folder


def run(*paths, rules, status=0, lines=True):
    out, err = StringIO(), StringIO()
    arguments = [*map(str, paths), "--rules", str(rules), *(["--json"] if lines else [])]
    try:
        call_command(Command(), *arguments, stdout=out, stderr=err)
        code = 0
    except SystemExit as stopped:
        code = stopped.code
    assert code == status, err.getvalue()
    return (list(map(json.loads, out.getvalue().splitlines())) if lines else out.getvalue()), err.getvalue()


def write_lines(path, *events):
    path.write_text("".join(json.dumps(event) + "\n" for event in events))
    return path


def test_an_alert_a_line_then_the_summary(tmp_path, rules):
    log = write_lines(tmp_path / "a.jsonl", LINE, {**LINE, "Image": "C:\\y.exe"})
    (alert, summary), _ = run(log, rules=rules)
    assert (alert["rule_id"], alert["title"], alert["level"]) == (
        "00000000-0000-4000-8000-000000000001", "Rule 1", "high"
    )  # fmt: skip
    assert alert["event"]["Image"] == "C:\\x.exe"
    assert alert["matched"] == [
        {"field": "Image", "value": "C:\\x.exe", "literal": "\\x.exe", "modifier": "endswith"}
    ]
    assert (alert["author"], alert["licence"]) == ("A. Author", "DRL 1.1")
    assert alert["time"] == "2026-11-26T08:00:00.000000Z"
    assert alert["place"].endswith("a.jsonl:1")
    assert {key: summary[key] for key in ("events", "alerts", "rules_hit", "rejected")} == {
        "events": 2, "alerts": 1, "rules_hit": 1, "rejected": 0
    }  # fmt: skip
    assert summary["seconds"] >= 0
    assert summary["rules"] == {"evaluable": 1, "field_never_seen": 0, "unsupported": 0}


def test_folders_gzip_and_archives_are_read_as_they_are(tmp_path, rules):
    logs = tmp_path / "logs"
    logs.mkdir()
    with gzip.open(logs / "a.json.gz", "wt") as file:
        file.write(json.dumps(LINE) + "\n")
    with zipfile.ZipFile(logs / "b.zip", "w") as archive:
        archive.writestr("inner/c.jsonl", json.dumps(LINE) + "\n" + json.dumps(LINE))
    *alerts, summary = run(logs, rules=rules)[0]
    assert (len(alerts), summary["events"]) == (3, 3)


def test_rejected_input_is_told_and_adds_up(tmp_path, rules):
    log = tmp_path / "a.jsonl"
    log.write_bytes(
        json.dumps(LINE).encode()
        + b"\n{broken\n"
        + b'{"a":' * 500
        + b"\n"
        + json.dumps(LINE).encode()
        + b"\n"
    )
    (*alerts, summary), told = run(log, rules=rules)
    assert (len(alerts), summary["events"], summary["rejected"]) == (2, 2, 2)
    assert "a.jsonl:2" in told


def test_a_blind_and_an_unusable_rule_are_told(tmp_path, rules):
    (rules / "blind.yml").write_text(rule_text({"NeverThere": 1}, logsource=PROCESS, number=2))
    (rules / "bad.yml").write_text(rule_text({"f|bad": 1}, number=3))
    (_, summary), told = run(write_lines(tmp_path / "a.jsonl", LINE), rules=rules)
    assert summary["rules"] == {"evaluable": 1, "field_never_seen": 1, "unsupported": 1}
    assert "bad.yml" in told


def test_correlations_come_with_their_events(tmp_path, rules):
    (rules / "many.yml").write_text(CORRELATION)
    log = write_lines(tmp_path / "a.jsonl", *[{**LINE, "EventRecordID": n} for n in range(3)])
    *alerts, summary = run(log, rules=rules)[0]
    (alert,) = [one for one in alerts if "correlation" in one]
    assert (alert["title"], alert["level"], alert["author"], alert["licence"]) == (
        "Three of them",
        "high",
        "C",
        "DRL 1.1",
    )
    assert alert["event"] == {"Image": "c:\\x.exe"}
    assert alert["correlation"]["event_count"] == 3
    assert summary["alerts"] == len(alerts)


def test_a_match_without_time_is_told_where_it_cannot_be_correlated(tmp_path, rules):
    (rules / "many.yml").write_text(CORRELATION)
    event = {key: value for key, value in LINE.items() if key != "UtcTime"}
    _, told = run(write_lines(tmp_path / "a.jsonl", event), rules=rules)
    assert "1 matches without a time" in told


def test_a_table_for_people(tmp_path, rules):
    text, _ = run(
        write_lines(tmp_path / "a.jsonl", {**LINE, "Image": "\x1b[31m\n\\x.exe"}), rules=rules, lines=False
    )
    first, *rest = text.splitlines()
    assert "Rule 1" in first
    assert "© A. Author DRL 1.1" in first
    assert "\x1b" not in text
    assert "1 events, 1 alerts of 1 rules" in rest[0]


@pytest.mark.parametrize(("log", "pack"), [("missing.jsonl", "."), ("a.jsonl", "missing")])
def test_what_is_not_there_ends_with_two(tmp_path, rules, log, pack):
    write_lines(tmp_path / "a.jsonl", LINE)
    _, told = run(tmp_path / log, rules=rules / pack, status=2)
    assert "missing" in told
