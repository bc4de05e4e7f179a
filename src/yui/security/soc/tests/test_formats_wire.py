"""HEC, OTLP and _bulk: a request is cut into entries that stand alone, each one record or a reason."""

import json

import orjson
import pytest
from google.protobuf.json_format import MessageToDict
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest

from yui.security.soc.engine.records import LogRecord, LogSource, Rejected
from yui.security.soc.formats.elastic_bulk import split_bulk
from yui.security.soc.formats.hec import raw_entry
from yui.security.soc.formats.limits import ReadLimits
from yui.security.soc.formats.wire import WireFormat, record_of, split

RECEIVED = 1_767_323_045_000_000


def read(form, body, **limits):
    body = body if isinstance(body, bytes) else body.encode()
    bounds = ReadLimits(**limits)
    return [
        record_of(form, entry, place="s#1", received=RECEIVED, limits=bounds)
        if isinstance(entry, bytes)
        else entry
        for entry in split(form, body, limits=bounds)
    ]


def reasons(items):
    return [item.reason if isinstance(item, Rejected) else "record" for item in items]


@pytest.mark.parametrize("between", ["", "\n", "\r\n\r\n", "  "])
def test_hec_events_may_follow_each_other_anyhow(between):
    events = [
        {"time": "1700000000.123", "host": "h", "event": {"EventID": 1, "Channel": "c", "text": "}{ {"}},
        {
            "time": 1700000001,
            "sourcetype": "s",
            "event": "text }{ with braces",
            "fields": {"site": "x", "n": [1]},
        },
        {"event": {"a": {"b": 1}}},
    ]
    first, second, third = read(WireFormat.HEC_EVENT, between.join(map(json.dumps, events)))
    assert first.source == LogSource("windows")
    assert first.time == 1_700_000_000_123_000
    assert first.fields == {"EventID": 1, "Channel": "c", "text": "}{ {", "host": "h"}
    assert second.time == 1_700_000_001_000_000
    assert second.fields == {"message": "text }{ with braces", "sourcetype": "s", "site": "x", "n": [1]}
    assert third.fields == {"a.b": 1}
    assert third.time is None


def test_metadata_of_hec_do_not_replace_what_the_event_says():
    (item,) = read(WireFormat.HEC_EVENT, '{"host":"outer","event":{"host":"inner","a":1},"fields":{"a":2}}')
    assert item.fields == {"host": "inner", "a": 1}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"event":""}', ["bad_hec"]),
        ('{"noevent":1}', ["bad_hec"]),
        ('{"event":null}', ["bad_hec"]),
        ('{"event":1}{bad}', ["record", "not_json"]),
        ('{"event":1}\n"text"', ["record", "not_an_object"]),
        ('[{"event":1},{"event":2}]', ["record", "record"]),
        ('{"event":{"a":' + '{"b":' * 40 + "1" + "}" * 42, ["too_deep"]),
        ('{"event":"' + "x" * 5_000 + '"}{"event":1}', ["too_long", "record"]),
        ("", []),
    ],
)
def test_what_hec_cannot_take_is_told(body, expected):
    assert reasons(read(WireFormat.HEC_EVENT, body, record_bytes=4_096)) == expected


def test_raw_lines_keep_the_query():
    assert [item.fields for item in read(WireFormat.HEC_RAW, b'one\r\n\r\n{"x":1}\n')] == [
        {"message": "one"},
        {"x": 1},
    ]
    entry = raw_entry(
        b"Jan  2 12:04:05 h sshd[1]: x", {"host": "q", "sourcetype": "syslog", "time": "1700000000"}
    )
    item = record_of(WireFormat.HEC_EVENT, entry, received=RECEIVED)
    assert item.source == LogSource("linux", "", "sshd")
    assert (item.fields["host"], item.fields["sourcetype"]) == ("q", "syslog")
    assert item.time == 1_700_000_000_000_000


def request(count=2, body="hello"):
    whole = ExportLogsServiceRequest()
    group = whole.resource_logs.add()
    name = group.resource.attributes.add()
    name.key, name.value.string_value = "host.name", "pc-001"
    scope = group.scope_logs.add()
    scope.scope.name = "library"
    for number in range(count):
        log = scope.log_records.add()
        log.time_unix_nano = 1_700_000_000_000_000_000 + number * 1_000
        log.severity_number, log.severity_text = 13, "WARN"
        log.body.string_value = body
        log.trace_id, log.span_id = bytes(range(16)), bytes(range(8))
        for key, kind, value in (
            ("n", "int_value", 5),
            ("ok", "bool_value", True),
            ("host.name", "string_value", "own"),
        ):
            pair = log.attributes.add()
            pair.key = key
            setattr(pair.value, kind, value)
        many = log.attributes.add()
        many.key = "many"
        for text in ("a", "b"):
            many.value.array_value.values.add().string_value = text
    return whole


def as_json(whole):
    """The JSON encoding that OTLP asks for: ids are hexadecimal, not base64."""
    value = MessageToDict(whole, use_integers_for_enums=True)
    for log in value["resourceLogs"][0]["scopeLogs"][0]["logRecords"]:
        log["traceId"], log["spanId"] = bytes(range(16)).hex(), bytes(range(8)).hex()
    return orjson.dumps(value)


@pytest.mark.parametrize(
    ("form", "encode"),
    [(WireFormat.OTLP_PROTOBUF, lambda whole: whole.SerializeToString()), (WireFormat.OTLP_JSON, as_json)],
)
def test_both_encodings_of_otlp_give_the_same(form, encode):
    items = read(form, encode(request()))
    assert [item.time for item in items] == [1_700_000_000_000_000, 1_700_000_000_000_001]
    assert items[0].fields == {
        "message": "hello",
        "n": 5,
        "ok": True,
        "host.name": "own",
        "resource.host.name": "pc-001",
        "many": ["a", "b"],
        "severity_text": "WARN",
        "severity_number": 13,
        "trace_id": bytes(range(16)).hex(),
        "span_id": bytes(range(8)).hex(),
        "otel.scope.name": "library",
    }
    assert json.loads(items[0].raw)["body"] == "hello"


def test_a_body_of_otlp_is_read_as_what_it_is():
    (item,) = read(WireFormat.OTLP_PROTOBUF, request(1, '{"EventID":1,"Channel":"c"}').SerializeToString())
    assert item.source == LogSource("windows")
    (item,) = read(WireFormat.OTLP_PROTOBUF, request(1, "<13>Jan  2 12:04:05 h sudo: x").SerializeToString())
    assert item.source == LogSource("linux", "", "sudo")


@pytest.mark.parametrize(
    ("form", "body", "expected"),
    [
        (WireFormat.OTLP_PROTOBUF, b"\xff\xff", ["bad_otlp"]),
        (WireFormat.OTLP_PROTOBUF, b"", []),
        (WireFormat.OTLP_JSON, b"{", ["not_json"]),
        (WireFormat.OTLP_JSON, b"[]", ["bad_otlp"]),
        (WireFormat.OTLP_JSON, b'{"resourceLogs":5}', ["bad_otlp"]),
        (WireFormat.OTLP_JSON, b"{}", []),
        (
            WireFormat.OTLP_JSON,
            b'{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[{}]}]}]}]}',
            ["bad_otlp"],
        ),
        (
            WireFormat.OTLP_JSON,
            b'{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"kvlistValue":1}}]}]}]}',
            ["bad_otlp"],
        ),
    ],
)
def test_what_otlp_cannot_take_is_told(form, body, expected):
    assert reasons(read(form, body)) == expected


@pytest.mark.parametrize(("depth", "reason"), [(40, "bad_otlp"), (32, "too_deep")])
def test_a_deep_value_of_otlp_is_told(depth, reason):
    """The parser of protobuf has a limit of its own."""
    whole = request(1)
    value = whole.resource_logs[0].scope_logs[0].log_records[0].body
    for _ in range(depth):
        pair = value.kvlist_value.values.add()
        pair.key = "a"
        value = pair.value
    value.int_value = 1
    assert reasons(read(WireFormat.OTLP_PROTOBUF, whole.SerializeToString())) == [reason]


BULK = (
    b'{"index":{"_index":"logs","_id":"id-1"}}\n\n{"@timestamp":"2026-01-02T03:04:05Z","winlog":{"channel":"Security",'
    b'"event_id":"4688","computer_name":"c","record_id":5,"event_data":{"NewProcessName":"a.exe"}}}\r\n\n'
    b'{"create":{}}\n{"PROGRAM":"sshd","MESSAGE":"x","HOST":"h","@timestamp":"2026-01-02T03:04:05Z"}\n'
)


def test_bulk_pairs_with_blank_lines_between():
    first, second = read(WireFormat.ELASTIC_BULK, BULK)
    assert first.identifier == "id-1"
    assert first.fields["NewProcessName"] == "a.exe"
    assert first.fields["EventID"] == 4688
    assert second.source == LogSource("linux", "", "sshd")
    assert second.fields["message"] == "x"


def test_the_items_of_bulk_are_in_the_order_of_the_request():
    body = (
        BULK + b'{"delete":{"_id":"1"}}\n{"update":{"_id":"2"}}\n{"doc":{}}\n'
        b'nonsense\n{"index":{"_id":7}}\n{"a":1}\n{"index":{}}\n'
    )
    items = list(split_bulk(body))
    assert [(item.action, item.identifier, item.rejected is None) for item in items] == [
        ("index", "id-1", True),
        ("create", "", True),
        ("delete", "1", False),
        ("update", "2", False),
        ("", "", False),
        ("index", "7", True),
        ("index", "", False),
    ]
    assert items[0].index_name == "logs"


@pytest.mark.parametrize("document", [b"[1]", b"{", b"5", b'"x"'])
def test_a_document_of_bulk_that_is_no_event_is_told(document):
    (item,) = read(WireFormat.ELASTIC_BULK, b'{"index":{}}\n' + document + b"\n")
    assert isinstance(item, Rejected)
    assert item.reason in ("not_json", "not_an_object")


@pytest.mark.parametrize("form", list(WireFormat))
def test_an_entry_beyond_the_limit_is_told(form):
    item = record_of(form, b"x" * 10_000, limits=ReadLimits(record_bytes=1_000))
    assert item.reason == "too_long"


def test_syslog_frames_are_entries_as_they_stand():
    (item,) = read(WireFormat.SYSLOG, "<13>Jan  2 12:04:05 h sshd: x")
    assert isinstance(item, LogRecord)
    assert item.place == "s#1"
