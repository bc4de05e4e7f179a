"""Alerts and incidents as OCSF findings."""

import pytest

from yui.security.soc.engine.ocsf import detection_finding, incident_finding, normalise
from yui.security.soc.engine.ocsf.values import best_hash, fingerprints, integer, user_parts
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.tests.ocsf_schema import faults

TIME = 1_767_323_045_678_901


def test_an_alert_carries_its_rule_author_and_evidence():
    fields = {
        "Channel": "Microsoft-Windows-Sysmon/Operational",
        "EventID": 1,
        "Image": "a.exe",
        "Computer": "pc",
        "ProcessId": 1,
    }
    event = normalise(LogRecord(LogSource("windows"), TIME, fields, "{}", "x"))
    finding = detection_finding(
        uid="a-1",
        title="Mimikatz Use",
        level="critical",
        time=TIME,
        rule_uid="r-1",
        rule_author="Someone",
        rule_licence="DRL 1.1",
        techniques=["T1003.001", "T1059"],
        matched={"Image": "a.exe"},
        event=event,
        first_seen=TIME,
        last_seen=TIME + 60_000_000,
        count=3,
        tenant="131016",
    )
    assert faults(finding) == []
    assert (finding["class_uid"], finding["type_uid"], finding["severity_id"], finding["count"]) == (
        2004,
        200401,
        5,
        3,
    )
    info = finding["finding_info"]
    assert info["analytic"] == {"name": "Mimikatz Use", "uid": "r-1", "type_id": 1, "category": "Sigma"}
    assert info["attacks"][0] == {"technique": {"uid": "T1003"}, "sub_technique": {"uid": "T1003.001"}}
    assert info["attacks"][1] == {"technique": {"uid": "T1059"}}
    assert info["last_seen_time"] - info["first_seen_time"] == 60_000
    assert finding["unmapped"] == {"rule_author": "Someone", "rule_licence": "DRL 1.1"}
    assert finding["metadata"]["tenant_uid"] == "131016"
    (evidence,) = finding["evidences"]
    assert evidence["data"] == {"Image": "a.exe"}
    assert evidence["process"]["file"]["path"] == "a.exe"


def test_an_alert_with_nothing_but_its_title_is_sound():
    finding = detection_finding(uid="a", title="t", level="strange", time=TIME)
    assert faults(finding) == []
    assert finding["severity_id"] == 3
    assert "evidences" not in finding


@pytest.mark.parametrize(("assignee", "expected"), [("花子", "assignee"), ("", "assignee_group")])
def test_an_incident_lists_its_alerts_and_who_works_on_it(assignee, expected):
    finding = incident_finding(
        uid="i-1",
        title="ランサムウェア",
        severity=5,
        status=2,
        time=TIME,
        findings=[("a-1", "x"), ("a-2", "y")],
        assignee=assignee,
        started=TIME,
        techniques=["T1486"],
    )
    assert faults(finding) == []
    assert [one["uid"] for one in finding["finding_info_list"]] == ["a-1", "a-2"]
    assert expected in finding
    assert finding["start_time"] == TIME // 1_000


def test_an_incident_without_alerts_stands_for_itself():
    finding = incident_finding(uid="i-1", title="t", severity=1, status=1, time=TIME, findings=[])
    assert finding["finding_info_list"] == [{"uid": "i-1", "title": "t"}]


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("SHA1=A,SHA256=" + "F" * 64, "f" * 64),
        ("MD5=" + "A" * 32, "a" * 32),
        ("A" * 40, "a" * 40),
        ("", ""),
    ],
)
def test_the_best_hash(text, best):
    assert best_hash(text) == best


def test_fingerprints_leave_out_what_is_none():
    found = fingerprints(f"MD5={'a' * 32},SHA1=zz,IMPHASH={'0' * 32},{'b' * 64}")
    assert [(one["algorithm"], one["algorithm_id"]) for one in found] == [("MD5", 1), ("SHA-256", 3)]


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("0x1a4", 420),
        ("12", 12),
        (7, 7),
        (True, 1),
        (2.9, 2),
        ("x", None),
        (float("nan"), None),
        (2**70, None),
        (None, None),
        ("9" * 30, None),
    ],
)
def test_integers_from_what_logs_write(value, number):
    assert integer(value) == number


def test_users_with_and_without_a_domain():
    assert user_parts("WARD\\hanako") == {"domain": "WARD", "name": "hanako"}
    assert user_parts("hanako@ward.example") == {"name": "hanako@ward.example"}
    assert user_parts("\\x") == {"name": "\\x"}
