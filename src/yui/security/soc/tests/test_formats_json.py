"""JSON in every layout that senders use, and what hostile ones try."""

import io
import json

import pytest

from yui.security.soc.engine.records import LogRecord, LogSource, Rejected
from yui.security.soc.formats.limits import ReadLimits
from yui.security.soc.formats.reading import read_stream

EVENTS = [{"EventID": n, "Channel": "Security", "text": f'日本語 {{ }} [ ] " {n}'} for n in range(1, 4)]


def read(content, name="x.json", **limits):
    content = content if isinstance(content, bytes) else content.encode()
    return list(read_stream(name, io.BytesIO(content), limits=ReadLimits(**limits)))


def one(content, **limits):
    (item,) = read(content, **limits)
    return item


LAYOUTS = {
    "lines": "\n".join(json.dumps(event, ensure_ascii=False) for event in EVENTS),
    "lines with blanks and carriage returns": "\r\n\r\n".join(json.dumps(event) for event in EVENTS),
    "array": json.dumps(EVENTS, ensure_ascii=False),
    "pretty array": json.dumps(EVENTS, indent=2),
    "array over many lines": "[\n" + ",\n".join(json.dumps(event) for event in EVENTS) + "\n]\n",
    "pretty objects one after another": "\n".join(json.dumps(event, indent=1) for event in EVENTS),
    "envelope": json.dumps({"Records": EVENTS}),
    "pretty envelope": json.dumps({"Records": EVENTS}, indent=4),
    "envelope that says more": json.dumps({"Records": EVENTS, "next": "token"}),
    "envelope of Microsoft Graph": json.dumps({"@odata.context": "x", "value": EVENTS}),
    "envelopes as lines": "\n".join(json.dumps({"Records": [event]}) for event in EVENTS),
    "arrays as lines": "\n".join(json.dumps([event]) for event in EVENTS),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp932"])
def test_every_layout_gives_the_same_events(layout, encoding):
    content = LAYOUTS[layout].encode(encoding)
    if encoding == "utf-16-be":
        content = b"\xfe\xff" + content
    items = read(content)
    assert [item.fields for item in items] == EVENTS
    assert all(item.source == LogSource("windows") for item in items)


def test_the_raw_text_is_what_came():
    assert [item.raw for item in read(LAYOUTS["lines"])] == LAYOUTS["lines"].split("\n")
    assert read(LAYOUTS["pretty array"])[0].raw.startswith('{\n    "EventID": 1')


def test_a_large_array_needs_no_memory_for_the_whole():
    array = "[" + ",\n".join(json.dumps({"EventID": n, "pad": "x" * 2_000}) for n in range(2_000)) + "]"
    assert [item.fields["EventID"] for item in read(array)] == list(range(2_000))


def test_nested_objects_get_dotted_names_and_lists_of_objects_one():
    item = one('{"a":{"b":{"c":1},"d":{}},"l":[{"x":1},{"x":2,"y":[3,[4]]}],"s":[1,"2"],"n":null,"a.d":5}')
    assert item.fields == {
        "a.b.c": 1,
        "a.d": [None, 5],
        "l.x": [1, 2],
        "l.y": [3, 4],
        "s": [1, "2"],
        "n": None,
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"ts":1700000000.5}', 1_700_000_000_500_000),
        ('{"timestamp":1700000000123}', 1_700_000_000_123_000),
        ('{"time":"1700000000"}', 1_700_000_000_000_000),
        ('{"time":1700000000000000000}', 1_700_000_000_000_000),
        ('{"@timestamp":"2023-11-14T22:13:20.123456789Z"}', 1_700_000_000_123_456),
        ('{"@timestamp":"2023-11-15T07:13:20+09:00"}', 1_700_000_000_000_000),
        ('{"@timestamp":"2023-11-15T07:13:20+0900"}', 1_700_000_000_000_000),
        ('{"date":"2023/11/14 22:13:20"}', 1_700_000_000_000_000),
        ('{"time":"1601-01-01T00:00:00Z"}', None),
        ('{"time":"2107-01-01T00:00:00Z"}', None),
        ('{"time":0}', None),
        ('{"time":NaN}', None),
        ('{"time":1e400}', None),
        ('{"time":-9e18}', None),
        ('{"time":true}', None),
        ('{"time":"9999-99-99"}', None),
        ('{"time":"0001-01-01T00:00:00+14:00"}', None),
        ('{"time":"nonsense","ts":1700000000}', 1_700_000_000_000_000),
    ],
)
def test_time_is_the_first_that_makes_sense(text, expected):
    item = one(text)
    assert isinstance(item, LogRecord)
    assert item.time == expected


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ('{"a":NaN,"b":1}', "a", None),
        ('{"a":"\\ud800x"}', "a", "\ufffdx"),
        ('{"a":"tab\there"}', "a", "tab\there"),
        ('{"a":' + "9" * 5_000 + "}", "a", "9" * 5_000),
        ('{"a":18446744073709551615}', "a", 18446744073709551615),
        (b'{"a":"\xe3\x81 \x81\x20 mimikatz"}', "a", "\ufffd \ufffd  mimikatz"),
        ('{"a":"日本"}'.encode("cp932"), "a", "日本"),
        ('{"a":1,"a":"mimikatz"}', "a", "mimikatz"),
        ('{"__proto__":1}', "__proto__", 1),
    ],
)
def test_what_senders_do_wrong_does_not_hide_an_event(text, field, value):
    item = one(text)
    assert item.fields[field] == value
    item.raw.encode()


def test_hostile_names_are_made_decent_and_the_event_is_kept():
    item = one(json.dumps({"": 1, "a\x00b": 2, "n" * 100_000: 3, "ok": "mimikatz"}))
    assert item.fields == {"_": 1, "a\ufffdb": 2, "n" * 256: 3, "ok": "mimikatz"}


def test_names_that_become_alike_keep_both_values():
    assert one('{"a\\u0000":1,"a\\u0001":2}').fields == {"a\ufffd": [1, 2]}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a":' * 40 + "1" + "}" * 40, "too_deep"),
        ('{"a":' + "[" * 40 + "{}" + "]" * 40 + "}", "too_deep"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "too_deep"),
        (json.dumps({str(n): n for n in range(3_000)}), "too_many_fields"),
        (json.dumps({"a": {str(n): n for n in range(3_000)}}), "too_many_fields"),
        ('{"a":"' + "x" * 10_000_000 + '"}', "too_long"),
        ('[{"a":"' + "x" * 10_000_000 + '"}]', "too_long"),
        ('{"a":1', "not_json"),
        ('[{"a":1},', None),
        ('[{"a":1},1,"a",null]', "not_an_object"),
    ],
)
def test_what_cannot_be_read_is_told(text, reason):
    items = read(text)
    rejected = [item for item in items if isinstance(item, Rejected)]
    assert {item.reason for item in rejected} == ({reason} if reason else set())
    assert all(item.place.startswith("x.json") for item in rejected)


def test_a_bad_line_is_one_and_the_others_are_read():
    items = read(
        '{"EventID":1,"a":1}\n{"EventID":2,\n{"EventID":3,"a":1}\n'
        + '{"a":"'
        + "x" * 2_000_000
        + '"}\n{"EventID":5,"a":1}'
    )
    assert [(item.place, item.reason) for item in items if isinstance(item, Rejected)] == [
        ("x.json:2", "not_json"),
        ("x.json:4", "too_long"),
    ]
    assert [item.fields["EventID"] for item in items if isinstance(item, LogRecord)] == [1, 3, 5]


def test_after_a_bad_element_of_an_array_the_rest_is_one_rejection():
    items = read('[{"EventID":1},{"EventID":2,,},{"EventID":3}]')
    assert [type(item) for item in items] == [LogRecord, Rejected]
    assert items[1].reason == "not_json"
    assert items[1].place == "x.json#2-"


@pytest.mark.parametrize(
    ("event", "source", "identifier"),
    [
        (
            {"eventSource": "s3.amazonaws.com", "eventName": "GetObject", "eventID": "i"},
            ("aws", "", "cloudtrail"),
            "i",
        ),
        ({"_path": "dns", "ts": 1.7e9, "uid": "C"}, ("zeek", "", "dns"), ""),
        ({"@stream": "conn", "ts": 1.7e9, "id_orig_h": "10.0.0.1"}, ("zeek", "", "conn"), ""),
        ({"event_type": "alert", "timestamp": "2023-11-14T22:13:20+0000"}, ("suricata", "", "alert"), ""),
        (
            {"eventType": "user.session.start", "published": "x", "actor": {}, "uuid": "u"},
            ("okta", "", "okta"),
            "u",
        ),
        (
            {"operationName": "Sign-in", "resourceId": "/t", "time": "x", "category": "SignInLogs"},
            ("azure", "", "signinlogs"),
            "",
        ),
        ({"auditID": "1", "verb": "get", "stage": "x"}, ("kubernetes", "", "audit"), ""),
        ({"protoPayload": {"a": 1}, "logName": "l", "insertId": "g"}, ("gcp", "", "gcp.audit"), "g"),
        ({"CreationTime": "x", "Operation": "o", "Workload": "w", "Id": "m"}, ("m365", "", "audit"), "m"),
        ({"product": "cisco", "service": "aaa", "message": "m"}, ("cisco", "", "aaa"), ""),
        (
            {"product": "windows", "category": "process_creation", "EventID": 1},
            ("windows", "process_creation", ""),
            "",
        ),
        ({"product": "toaster", "service": "bread"}, ("", "", ""), ""),
        ({"PROGRAM": "sshd", "MESSAGE": "Failed", "HOST": "h"}, ("linux", "", "sshd"), ""),
        ({"programname": "sudo", "msg": "x", "fromhost": "h"}, ("linux", "", "sudo"), ""),
    ],
)
def test_the_source_is_told_by_the_keys(event, source, identifier):
    item = one(json.dumps(event))
    assert item.source == LogSource(*source)
    assert item.identifier == identifier


def test_parts_that_cloudtrail_rules_search_whole_are_kept_as_text():
    item = one('{"eventSource":"s","eventName":"n","requestParameters":{"a":{"b":1}}}')
    assert item.fields["requestParameters"] == '{"a":{"b":1}}'
    assert item.fields["requestParameters.a.b"] == 1


def test_zeek_json_without_a_path_is_of_the_kind_that_its_file_is_named_after():
    (item,) = read(
        '{"ts":1700000000.5,"uid":"C1","id.orig_h":"10.0.0.1","query":"a.example"}', name="logs/dns.log"
    )
    assert item.source == LogSource("zeek", "", "dns")
