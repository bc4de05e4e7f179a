"""Events in OCSF's words: every class is as the schema asks, whatever the record lacks."""

import json
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.security.soc.engine.ocsf import normalise, ocsf_columns
from yui.security.soc.engine.ocsf.tables import COLUMNS, event_classes, tables
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.formats.reading import read_records
from yui.security.soc.formats.syslog import parse_syslog
from yui.security.soc.tests.ocsf_schema import CLASSES, faults

TIME = 1_767_323_045_678_901
SYSMON = "Microsoft-Windows-Sysmon/Operational"


WINDOWS = LogSource("windows")


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


CASES = [
    (
        {
            "Channel": "security",
            "EventID": 4625,
            "Computer": "dc",
            "TargetUserName": "root",
            "IpAddress": "192.0.2.1",
            "IpPort": "49152",
        },
        LogSource("windows"),
        {
            "class_uid": 3002,
            "activity_id": 1,
            "user": "root",
            "src_ip": "192.0.2.1",
            "src_port": 49152,
            "host": "dc",
        },
        {"status_id": 2},
    ),
    (
        {
            "Channel": SYSMON,
            "EventID": 3,
            "SourceIp": "10.0.0.1",
            "SourcePort": 1,
            "DestinationIp": "192.0.2.1",
            "DestinationPort": "443",
            "DestinationHostname": "c2.example",
            "Image": "a.exe",
        },
        LogSource("windows"),
        {"class_uid": 4001, "src_port": 1, "dst_port": 443, "domain": "c2.example", "process": "a.exe"},
        {},
    ),
    (
        {"Channel": SYSMON, "EventID": 12, "EventType": "DeleteKey", "TargetObject": "HKLM\\X"},
        LogSource("windows"),
        {"class_uid": 201001, "activity_id": 4},
        {},
    ),
    (
        {"Channel": SYSMON, "EventID": 10, "SourceImage": "a.exe", "TargetImage": "lsass.exe"},
        LogSource("windows"),
        {"class_uid": 1007, "activity_id": 3, "process": "lsass.exe", "parent_process": "a.exe"},
        {},
    ),
    (
        {"Channel": SYSMON, "EventID": 22, "QueryName": "a.example", "QueryResults": "192.0.2.1;192.0.2.2;"},
        LogSource("windows"),
        {"class_uid": 4003, "domain": "a.example"},
        {"answers": [{"rdata": "192.0.2.1"}, {"rdata": "192.0.2.2"}]},
    ),
    (
        {"Channel": SYSMON, "EventID": 17, "PipeName": "\\x"},
        LogSource("windows"),
        {"class_uid": 1001, "file": "\\x"},
        {},
    ),
    (
        {"Channel": "Security", "EventID": 4663, "ObjectType": "File", "ObjectName": "C:\\a"},
        LogSource("windows"),
        {"class_uid": 1001, "file": "C:\\a"},
        {},
    ),
    (
        {"Channel": "Security", "EventID": 4663, "ObjectType": "Key", "ObjectName": "\\REGISTRY\\X"},
        LogSource("windows"),
        {"class_uid": 201001},
        {},
    ),
    (
        {"Channel": "Security", "EventID": 4663, "ObjectType": "SC_MANAGER OBJECT"},
        LogSource("windows"),
        {},
        None,
    ),
    (
        {
            "Channel": "Security",
            "EventID": 4672,
            "SubjectUserName": "x",
            "PrivilegeList": "SeDebugPrivilege\n\t\tSeTcbPrivilege",
        },
        LogSource("windows"),
        {"class_uid": 3003},
        {"privileges": ["SeDebugPrivilege", "SeTcbPrivilege"]},
    ),
    (
        {"Channel": "System", "EventID": 7036, "param1": "Spooler", "param2": "停止"},
        LogSource("windows"),
        {"class_uid": 201004, "activity_id": 4},
        {},
    ),
    ({"Channel": "System", "EventID": 99999, "Computer": "c"}, LogSource("windows"), {"host": "c"}, None),
    (
        {"EventID": 1, "Image": "a.exe", "Computer": "c"},
        LogSource("windows", "process_creation"),
        {"class_uid": 1007, "process": "a.exe"},
        {},
    ),
    (
        {
            "id.orig_h": "10.0.0.1",
            "id.orig_p": 5,
            "id.resp_h": "192.0.2.1",
            "id.resp_p": 53,
            "query": "a.example",
        },
        LogSource("zeek", "", "dns"),
        {"class_uid": 4003, "src_port": 5, "dst_port": 53, "domain": "a.example"},
        {},
    ),
    (
        {"method": "POST", "host": "a.example", "uri": "/x", "status_code": 200, "id.orig_h": "10.0.0.1"},
        LogSource("zeek", "", "http"),
        {"class_uid": 4002, "activity_id": 6, "url": "/x", "domain": "a.example"},
        {"http_response": {"code": 200}},
    ),
    (
        {
            "src_ip": "10.0.0.1",
            "dest_ip": "192.0.2.1",
            "alert.signature": "S",
            "alert.severity": 1,
            "flow_id": 7,
        },
        LogSource("suricata", "", "alert"),
        {"class_uid": 2004, "severity_id": 4, "dst_ip": "192.0.2.1"},
        {},
    ),
    (
        {
            "eventName": "DeleteTrail",
            "eventSource": "cloudtrail.amazonaws.com",
            "userIdentity.userName": "u",
            "sourceIPAddress": "192.0.2.1",
        },
        LogSource("aws", "", "cloudtrail"),
        {"class_uid": 6003, "activity_id": 4, "user": "u", "src_ip": "192.0.2.1"},
        {},
    ),
    (
        {
            "eventName": "ConsoleLogin",
            "userIdentity.userName": "u",
            "responseElements.ConsoleLogin": "Failure",
        },
        LogSource("aws", "", "cloudtrail"),
        {"class_uid": 3002},
        {"status_id": 2},
    ),
    (
        {"operationName": "Sign-in", "callerIpAddress": "192.0.2.1"},
        LogSource("azure", "", "signinlogs"),
        {"class_uid": 3002, "src_ip": "192.0.2.1"},
        {},
    ),
    (
        {"type": "SYSCALL", "syscall": "59", "exe": "/bin/sh", "pid": "5", "ppid": "4"},
        LogSource("linux", "", "auditd"),
        {"class_uid": 1007, "process": "/bin/sh"},
        {},
    ),
    (
        {"type": "SYSCALL", "syscall": "2", "exe": "/bin/sh"},
        LogSource("linux", "", "auditd"),
        {"process": "/bin/sh"},
        None,
    ),
    (
        {"Channel": "Linux-Sysmon/Operational", "EventID": 1, "Image": "/bin/sh", "ProcessId": 1},
        LogSource("linux"),
        {"class_uid": 1007},
        {},
    ),
    (
        {
            "DeviceVendor": "V",
            "DeviceProduct": "P",
            "src": "10.0.0.1",
            "dst": "192.0.2.1",
            "dpt": "443",
            "act": "deny",
        },
        LogSource("v"),
        {"class_uid": 4001, "activity_id": 5, "dst_port": 443},
        {},
    ),
    (
        {"cs-method": "GET", "cs-uri": "/a?b", "sc-status": 404, "c-ip": "192.0.2.1"},
        LogSource("", "webserver"),
        {"class_uid": 4002, "activity_id": 3, "url": "/a?b"},
        {},
    ),
    ({"message": "plain"}, LogSource(), {}, None),
]


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


def test_classes_of_the_tables_are_those_of_the_schema():
    for known in event_classes().values():
        name, category, _, _ = CLASSES[known.uid]
        assert (known.name, known.category) == (name, category)
    assert set(COLUMNS) >= {column for known in event_classes().values() for column in known.paths}


PLANS = [
    (product, part, key) for (product, part), table in sorted(tables().items()) for key in sorted(table.plans)
]


@pytest.mark.parametrize(("product", "part", "key"), PLANS)
def test_every_plan_gives_a_sound_event_from_an_empty_record(product, part, key):
    table = tables()[(product, part)]
    for plan in table.plans[key]:
        fields = {name: sorted(values)[0] for name, values in plan.when}
        fields |= {table.key: key} if table.key != "@service" else {}
        source = LogSource(
            product, "webserver" if part in ("", "iis") and product in ("", "windows") else "", part
        )
        if table.key == "@service":
            source = source._replace(service=key)
        if product == "windows" or part.startswith("linux-"):
            fields["Channel"] = part
        event = normalise(record(fields, source))
        assert event is not None
        assert faults(event) == []


VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.lists(st.text(max_size=5), max_size=3)
)
EVERY_PLAN = [plan for table in tables().values() for plans in table.plans.values() for plan in plans]
NAMES = sorted(
    {"message"}
    | {name for plan in EVERY_PLAN for _, names in (*plan.attributes, *plan.columns) for name in names}
)


@given(
    st.sampled_from(PLANS),
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=12),
    st.none() | st.integers(0, 2**52),
)
@settings(max_examples=150, deadline=None)
def test_whatever_the_fields_say_the_event_is_sound(plan, fields, time):
    product, part, key = plan
    table = tables()[(product, part)]
    if table.key == "@service":
        source = LogSource(product, "", key)
    else:
        source, fields = LogSource(product, "", part), fields | {table.key: key}
    if product == "windows":
        fields = fields | {"Channel": part}
    item = LogRecord(source, time, fields, "raw\ud800", "x")
    found = ocsf_columns(item)
    assert all(
        value is None or isinstance(value, int) for value in (*found[:3], found.src_port, found.dst_port)
    )
    event = normalise(item)
    if event is not None:
        assert faults(event) == []
        orjson.dumps(event)


SHARES = {"otrf/atomic": 0.92, "sigma/regression_data": 0.97, "zeek": 0.99, "suricata": 1.0, "cloudtrail": 1.0}


@pytest.mark.parametrize("folder", SHARES)
def test_real_events_have_a_class_and_are_sound(shared_data, folder):
    records = [
        item for item in read_records(Path(shared_data / "soc" / folder)) if isinstance(item, LogRecord)
    ]
    classes = [ocsf_columns(item).class_uid for item in records]
    assert sum(one is not None for one in classes) / len(records) >= SHARES[folder]
    for item in records[:: max(len(records) // 3_000, 1)]:
        event = normalise(item)
        if event is not None:
            assert faults(event) == []
