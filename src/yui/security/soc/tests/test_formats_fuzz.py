"""Whatever bytes arrive: a record or a reason, never an exception, and nothing uncounted."""

import gzip
import io
import json
import os
import tarfile
import zipfile

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.formats.limits import ReadLimits
from yui.security.soc.formats.reading import read_stream
from yui.security.soc.formats.rejecting import REASONS
from yui.security.soc.formats.wire import WireFormat, record_of, split

EXAMPLES = int(os.environ.get("YUI_FUZZ_EXAMPLES", "60"))
SMALL = ReadLimits(record_bytes=4_096, members=20)
STARTS = (
    b"",
    b"ElfFile\x00",
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
    b"BZh9",
    b"\xfd7zXZ\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"#separator \\x09\n#fields\ta\tb\n",
    b"#Fields: a b\n",
    b"a,b,c\n1,2,3\n",
    b'{"Records":[',
    b"[{",
    b"<13>1 ",
    b"<Event xmlns='x'><System>",
    b"CEF:0|a|b|c|d|e|f|",
    b"LEEF:2.0|a|b|c|d|",
    b"type=SYSCALL msg=audit(1.1:1): ",
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(
    [
        *("EventID", "Channel", "Event", "System", "EventData", "UserData", "winlog", "winlog.channel"),
        *("event_id", "channel", "provider", "event_data", "_path", "ts", "uid", "id_orig_h", "eventSource"),
        *(
            "eventName",
            "event_type",
            "timestamp",
            "Records",
            "value",
            "product",
            "category",
            "PROGRAM",
            "event",
        ),
        *("time", "fields", "host", "TimeCreated", "EventRecordID", "requestParameters", "Data", "#text"),
        *("#attributes", "resourceLogs", "index", "_id"),
    ]
)
OBJECTS = st.dictionaries(
    KEYS | st.text(max_size=5), VALUES | st.dictionaries(KEYS, VALUES, max_size=5), max_size=8
)


def judged(item):
    assert isinstance(item, LogRecord | Rejected)
    if isinstance(item, Rejected):
        assert item.reason in REASONS
        assert len(item.sample) <= 2_000
        assert " / " in item.detail
        return
    assert item.time is None or isinstance(item.time, int)
    for name, value in item.fields.items():
        assert name and len(name) <= 256 and name.isprintable()
        for one in value if isinstance(value, list) else [value]:
            assert one is None or isinstance(one, str | int | float)
    item.raw.encode()
    orjson.dumps(item.fields)


@given(st.sampled_from(STARTS), st.binary(max_size=2_000))
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_file_is_read_to_its_end(start, content):
    for item in read_stream("file", io.BytesIO(start + content), limits=SMALL):
        judged(item)


@given(
    st.sampled_from(list(WireFormat)),
    st.binary(max_size=1_000) | OBJECTS.map(lambda one: json.dumps(one).encode()),
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_request_is_cut_and_read(form, body):
    for entry in split(form, body, limits=SMALL):
        if isinstance(entry, bytes):
            entry = record_of(form, entry, received=1_700_000_000_000_000, limits=SMALL)
        judged(entry)


@given(st.lists(OBJECTS, min_size=1, max_size=5))
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_objects_are_counted(objects):
    """As lines, as an array and as an envelope: each object is one record or one reason."""
    texts = [json.dumps(one) for one in objects]
    layouts = {
        "lines": "\n".join(texts),
        "array": json.dumps(objects, indent=1),
        "envelope": json.dumps({"Records": objects}),
    }
    for layout, text in layouts.items():
        items = list(read_stream("file.json", io.BytesIO(text.encode())))
        for item in items:
            judged(item)
        wrapped = any(isinstance(one.get(key), list) for one in objects for key in ("Records", "value"))
        if not wrapped:
            assert len(items) == len(objects), layout


@given(st.binary(min_size=1, max_size=300), st.integers(0, 299), st.integers(0, 255))
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_damaged_archive_is_told(content, position, byte):
    gathered = io.BytesIO()
    with zipfile.ZipFile(gathered, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.log", content)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        entry = tarfile.TarInfo("b.log")
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    for whole in (gathered.getvalue(), packed.getvalue(), gzip.compress(content)):
        damaged = bytearray(whole)
        damaged[position % len(damaged)] = byte
        for item in read_stream("file", io.BytesIO(bytes(damaged)), limits=SMALL):
            judged(item)
