"""Events in OCSF's words: every class is as the schema asks, whatever the record lacks."""

import json

import pytest

from yui.security.soc.engine.ocsf import normalise, ocsf_columns
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.formats.syslog import parse_syslog
from yui.security.soc.tests.ocsf_cases import CASES, SYSMON, WINDOWS
from yui.security.soc.tests.ocsf_schema import faults

TIME = 1_767_323_045_678_901


def record(fields, source=WINDOWS, **words):
    return LogRecord(source, TIME, fields, json.dumps(fields), "x:1", **words)


def columns(item):
    return {name: value for name, value in ocsf_columns(item)._asdict().items() if value is not None}


LAUNCH = {
    "Channel": SYSMON,
    "EventID": 1,
    "Computer": "pc-001",
    "User": "WARD\\hanako",
    "Image": "C:\\Windows\\System32\\cmd.exe",
    "ParentImage": "C:\\Windows\\explorer.exe",
    "CommandLine": "cmd.exe /c whoami",
    "Hashes": "MD5=" + "A" * 32 + ",SHA256=" + "B" * 64 + ",IMPHASH=" + "C" * 32,
    "ProcessId": "0x1a4",
    "ParentProcessId": 7,
    "ProcessGuid": "{g}",
}


def test_a_process_launch_in_full():
    event = normalise(record(LAUNCH, identifier="pc-001|1"), logged=TIME + 5_000_000)
    assert faults(event) == []
    assert (event["class_uid"], event["activity_id"], event["type_uid"]) == (1007, 1, 100701)
    assert event["time"] == 1_767_323_045_678
    assert event["device"] == {"hostname": "pc-001", "type_id": 0}
    assert event["actor"]["user"] == {"name": "hanako", "domain": "WARD"}
    assert event["actor"]["process"]["pid"] == 7
    assert event["actor"]["process"]["name"] == "explorer.exe"
    assert event["process"]["pid"] == 420
    assert event["process"]["cmd_line"] == "cmd.exe /c whoami"
    assert event["process"]["file"]["path"] == "C:\\Windows\\System32\\cmd.exe"
    assert [one["algorithm"] for one in event["process"]["file"]["hashes"]] == ["MD5", "SHA-256", "Imphash"]
    assert event["metadata"]["uid"] == "pc-001|1"
    assert event["metadata"]["logged_time"] == 1_767_323_050_678
    assert event["metadata"]["version"] == "1.8.0"
    assert event["raw_data_size"] == len(json.dumps(LAUNCH))
    assert "raw_data" not in event
    assert normalise(record(LAUNCH), with_raw=True)["raw_data"] == json.dumps(LAUNCH)
    seen = {(one["type_id"], one["value"]) for one in event["observables"]}
    assert {(1, "pc-001"), (4, "hanako"), (9, "cmd.exe"), (8, "b" * 64)} <= seen


def test_the_flat_columns_of_a_process_launch():
    assert columns(record(LAUNCH)) == {
        "class_uid": 1007,
        "activity_id": 1,
        "severity_id": 1,
        "host": "pc-001",
        "user": "WARD\\hanako",
        "process": "C:\\Windows\\System32\\cmd.exe",
        "parent_process": "C:\\Windows\\explorer.exe",
        "command_line": "cmd.exe /c whoami",
        "hash": "b" * 64,
    }


@pytest.mark.parametrize(("fields", "source", "expected", "more"), CASES)
def test_events_of_every_source(fields, source, expected, more):
    item = record(fields, source)
    found = columns(item)
    assert {name: found.get(name) for name in expected} == expected
    event = normalise(item)
    if more is None:
        assert event is None
        assert "class_uid" not in found
        return
    assert faults(event) == []
    assert {name: event.get(name) for name in more} == more
    assert (event["class_uid"], event["activity_id"]) == (found["class_uid"], found["activity_id"])


@pytest.mark.parametrize(
    ("message", "user", "address", "activity", "status"),
    [
        ("Failed password for invalid user admin from 192.0.2.1 port 22 ssh2", "admin", "192.0.2.1", 1, 2),
        (
            "Accepted publickey for hanako from 2001:db8::1 port 50000 ssh2: RSA x",
            "hanako",
            "2001:db8::1",
            1,
            1,
        ),
        ("Invalid user x from 192.0.2.1", "x", "192.0.2.1", 1, 2),
        ("Disconnected from user hanako 192.0.2.1 port 1", "hanako", "192.0.2.1", 2, 1),
        ("pam_unix(sshd:session): session closed for user hanako", "hanako", None, 2, 1),
        ("Server listening on :: port 22.", None, None, 99, None),
    ],
)
def test_messages_of_sshd(message, user, address, activity, status):
    item = parse_syslog(f"<38>Jan  2 12:04:05 srv sshd[1]: {message}".encode(), received=TIME)
    found, event = ocsf_columns(item), normalise(item)
    assert faults(event) == []
    assert (found.class_uid, found.activity_id, found.user, found.src_ip, found.host) == (
        3002,
        activity,
        user,
        address,
        "srv",
    )
    assert event.get("status_id") == status


def test_sudo_is_a_process_launch():
    item = parse_syslog(
        b"<38>Jan  2 12:04:05 srv sudo: hanako : TTY=pts/0 ; PWD=/ ; COMMAND=/bin/cat /etc/shadow",
        received=TIME,
    )
    found = ocsf_columns(item)
    assert (found.class_uid, found.user, found.process, found.command_line) == (
        1007,
        "hanako",
        "/bin/cat",
        "/bin/cat /etc/shadow",
    )
    assert faults(normalise(item)) == []


def test_a_web_server_is_known_after_a_source_that_names_nothing():
    assert "class_uid" not in columns(record({"anything": "1"}, LogSource()))
    asked = {"cs-method": "GET", "cs-uri": "/a?b", "sc-status": 404}
    assert columns(record(asked, LogSource("", "webserver", "")))["class_uid"] == 4002
