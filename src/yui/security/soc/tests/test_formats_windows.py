"""Windows events in the shapes that tools write: bare names, as Sigma rules expect."""

import io
import json
import struct
from pathlib import Path

import pytest

from yui.security.soc.engine.records import LogRecord, LogSource, Rejected
from yui.security.soc.formats.evtx_files import CHUNK_BYTES, HEADER_BYTES
from yui.security.soc.formats.reading import read_records, read_stream
from yui.security.soc.tests.evtx_samples import chunk, event, evtx


def read(content, name="x.evtx"):
    return list(read_stream(name, io.BytesIO(content)))


def kinds(items):
    return [item.reason if isinstance(item, Rejected) else "record" for item in items]


def test_an_evtx_record_has_the_names_that_rules_use():
    (item,) = read(
        evtx(chunk([event(7, event_id="4688", data=[("NewProcessName", "C:\\日本.exe"), ("X", "y")])], 7))
    )
    assert item.fields == {
        "Provider_Name": "Made-Up-Provider",
        "Provider_Guid": "{00000000-0000-0000-0000-000000000001}",
        "EventID": 4688,
        "Qualifiers": "7",
        "TimeCreated": "2021-07-23T11:00:00.123456Z",
        "EventRecordID": "7",
        "Execution_ProcessID": "4",
        "Execution_ThreadID": "8",
        "Channel": "Security",
        "Computer": "pc-001.ward.example",
        "NewProcessName": "C:\\日本.exe",
        "X": "y",
    }
    assert item.source == LogSource("windows")
    assert item.time == 1_627_038_000_123_456
    assert item.identifier == "pc-001.ward.example|Security|7|1627038000"
    assert item.place == "x.evtx:chunk 1, record 7"
    assert json.loads(item.raw)["Event"]["System"]["Channel"] == "Security"


def test_unnamed_data_are_a_list_in_their_order():
    (item,) = read(evtx(chunk([event(1, data=[("", "first"), ("", "second")])])))
    assert item.fields["Data"] == ["first", "second"]


def test_user_data_have_their_own_bare_names():
    user_data = [
        ("LogFileCleared", {"xmlns": "u"}, [("SubjectUserName", {}, "hanako"), ("Channel", {}, "Security")])
    ]
    (item,) = read(evtx(chunk([event(1, channel="System", user_data=user_data)])))
    assert item.fields["SubjectUserName"] == "hanako"
    assert item.fields["Channel"] == "System"
    assert item.fields["EventData.Channel"] == "Security"


def test_event_data_cannot_pass_for_the_system_part():
    (item,) = read(
        evtx(chunk([event(1, data=[("Channel", "Fake"), ("EventID", "9"), ("Computer", "other")])]))
    )
    assert (item.fields["Channel"], item.fields["EventID"]) == ("Security", 1)
    assert item.fields["EventData.Channel"] == "Fake"


def test_chunks_follow_each_other_and_unused_ones_are_passed_over():
    content = evtx(chunk([event(1), event(2)]), bytes(CHUNK_BYTES), chunk([event(3)], 3))
    assert [item.fields["EventRecordID"] for item in read(content)] == ["1", "2", "3"]


def test_a_damaged_chunk_costs_only_itself_and_each_record_is_counted():
    middle = bytearray(chunk([event(n) for n in range(3, 8)], 3))
    middle[128:512] = b"A" * 384
    items = read(evtx(chunk([event(1), event(2)]), bytes(middle), chunk([event(8)], 8)))
    assert kinds(items) == ["record", "record", *["evtx_chunk"] * 5, "record"]


def test_a_damaged_record_is_told_and_the_total_adds_up():
    whole = bytearray(chunk([event(1), event(2), event(3)]))
    size = struct.unpack_from("<I", whole, 516)[0]
    whole[512 + size + 28 : 512 + size + 40] = b"\xee" * 12
    items = read(evtx(bytes(whole)))
    assert len(items) == 3
    assert kinds(items)[0] == "record"
    assert set(kinds(items)) <= {"record", "evtx_record", "evtx_chunk"}
    assert "record" in kinds(items) and kinds(items) != ["record"] * 3


def test_a_chunk_that_is_none_is_told():
    assert kinds(read(evtx(b"\xab" * CHUNK_BYTES, chunk([event(1)])))) == ["evtx_chunk", "record"]


@pytest.mark.parametrize(
    "length", [HEADER_BYTES - 1, HEADER_BYTES + 100, HEADER_BYTES + 900, HEADER_BYTES + 2_000]
)
def test_a_truncated_file_gives_what_it_has(length):
    items = read(evtx(chunk([event(1), event(2)]))[:length])
    assert kinds(items)[-1] == "truncated"


def test_a_header_with_no_chunks_holds_nothing():
    assert read(evtx()) == []


def test_numbers_that_promise_too_much_do_not_flood():
    whole = bytearray(chunk([event(1)]))
    struct.pack_into("<QQ", whole, 8, 1, 2**60)
    assert kinds(read(evtx(bytes(whole)))) == ["record"]


WINLOGBEAT = {
    "@timestamp": "2026-01-02T03:04:05.678Z",
    "message": "A process was created",
    "host": {"name": "pc-001"},
    "event": {"code": "4688", "provider": "Microsoft-Windows-Security-Auditing"},
    "winlog": {
        "channel": "Security",
        "event_id": "4688",
        "provider_name": "Microsoft-Windows-Security-Auditing",
        "computer_name": "pc-001",
        "record_id": 99,
        "process": {"pid": 4, "thread": {"id": 8}},
        "event_data": {"NewProcessName": "a.exe", "Channel": "Fake"},
        "user_data": {"xml_name": "U", "SubjectUserName": "hanako"},
    },
}


@pytest.mark.parametrize("dotted", [False, True])
def test_winlogbeat_gets_bare_names(dotted):
    document = WINLOGBEAT
    if dotted:
        document = {f"winlog.{key}": value for key, value in WINLOGBEAT["winlog"].items()}
        document |= {key: value for key, value in WINLOGBEAT.items() if key != "winlog"}
    (item,) = read(json.dumps(document).encode(), "x.json")
    assert item.source == LogSource("windows")
    assert item.time == 1_767_323_045_678_000
    assert item.identifier == "pc-001|Security|99|1767323045"
    expected = {
        "EventID": 4688,
        "Channel": "Security",
        "Computer": "pc-001",
        "Provider_Name": "Microsoft-Windows-Security-Auditing",
        "Execution_ProcessID": 4,
        "NewProcessName": "a.exe",
        "EventData.Channel": "Fake",
        "SubjectUserName": "hanako",
        "Message": "A process was created",
        "host.name": "pc-001",
    }
    assert {name: item.fields[name] for name in expected} == expected


def test_opentelemetry_gets_bare_names():
    body = {
        "channel": "Security",
        "computer": "pc-001",
        "event_id": {"id": 4624, "qualifiers": 0},
        "provider": {"name": "Microsoft-Windows-Security-Auditing", "guid": "{g}"},
        "record_id": 5,
        "system_time": "2026-01-02T03:04:05.6789012Z",
        "event_data": {"data": [{"TargetUserName": "hanako"}, {"LogonType": "3"}]},
    }
    (item,) = read(json.dumps(body).encode(), "x.json")
    assert item.fields["EventID"] == 4624
    assert item.fields["Provider_Name"] == "Microsoft-Windows-Security-Auditing"
    assert (item.fields["TargetUserName"], item.fields["LogonType"]) == ("hanako", "3")
    assert item.time == 1_767_323_045_678_901


def test_flat_json_keeps_its_names_and_takes_the_most_exact_time():
    event = {
        "EventID": "3",
        "Channel": "c",
        "Hostname": "h",
        "RecordNumber": 4,
        "EventTime": "2026-01-02 12:04:05",
    }
    (item,) = read(json.dumps(event | {"UtcTime": "2026-01-02 03:04:05.123"}).encode(), "x.json")
    assert item.fields["EventID"] == 3
    assert item.time == 1_767_323_045_123_000
    assert item.identifier == "h|c|4|1767323045"
    (item,) = read(json.dumps(event | {"TimeCreated": "nonsense"}).encode(), "x.json")
    assert item.time == 1_767_355_445_000_000


XML = (
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
    "<Provider Name='P' Guid='{{g}}'/>"
    "<EventID Qualifiers='1'>7</EventID><TimeCreated SystemTime='2026-01-02T03:04:05.6789012Z'/>"
    "<EventRecordID>12</EventRecordID><Channel>{channel}</Channel><Computer>c</Computer></System>"
    "<EventData><Data Name='Image'>/bin/a &amp; b</Data><Data Name='Empty'></Data>"
    "<Data>x</Data><Data>y</Data></EventData></Event>"
)


def test_xml_gets_the_same_names():
    (item,) = read(XML.format(channel="Security").encode(), "x.xml")
    assert item.fields["EventID"] == 7
    assert item.fields["Provider_Name"] == "P"
    assert item.fields["Image"] == "/bin/a & b"
    assert item.fields["Empty"] == ""
    assert item.fields["Data"] == ["x", "y"]
    assert item.time == 1_767_323_045_678_901
    assert item.identifier == "c|Security|12|1767323045"


def test_sysmon_for_linux_is_linux():
    (item,) = read(XML.format(channel="Linux-Sysmon/Operational").encode(), "x.xml")
    assert item.source == LogSource("linux")


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE a [<!ENTITY x 'y'>]>" + XML.format(channel="c"),
        "<Event><!DOCTYPE a [<!ENTITY x 'y'>]><System/></Event>",
        "<Event><System><EventID>1</System></Event>",
        "<Event>" + "<a>" * 100 + "</a>" * 100 + "</Event>",
        "<Event/>",
    ],
)
def test_xml_that_is_no_event_is_told_or_kept_as_text(text):
    (item,) = read(text.encode(), "x.xml")
    if isinstance(item, Rejected):
        assert item.reason in ("bad_xml", "too_deep")
    else:
        assert item.fields["message"]


def test_every_real_case_is_read(shared_data):
    folder = shared_data / "soc" / "sigma" / "regression_data"
    items = list(read_records(Path(folder)))
    records = [item for item in items if isinstance(item, LogRecord)]
    assert len(records) > 200
    assert {item.reason for item in items if isinstance(item, Rejected)} <= {"not_a_log"}
    assert all(item.fields["EventID"] and item.fields["Channel"] and item.time for item in records)
    assert all(item.source == LogSource("windows") and item.identifier for item in records)
