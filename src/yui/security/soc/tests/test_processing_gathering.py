"""Storage takes from deliveries, by whole columns, just the events that reading each piece gives."""

import json

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yui.security.soc.engine.ocsf import ocsf_columns_of_kind
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.event_store.arriving import Arrived, Batch, by_hour
from yui.security.soc.event_store.building import build
from yui.security.soc.event_store.clocks import HOUR
from yui.security.soc.event_store.gathering import ROWS_AT_ONCE, Gathered
from yui.security.soc.processing.blocks import BLOCK_BYTES
from yui.security.soc.processing.gathering import gather
from yui.security.soc.processing.preparing import Prepared, prepare
from yui.security.soc.queue.contract import Queued
from yui.security.soc.tests.processing_parts import delivery
from yui.security.soc.tests.receiving import MINATO
from yui.security.soc.tests.sigma_samples import SYSMON

NOON = 1_795_700_000_000_000 // HOUR * HOUR
TIME = "2026-11-26T12:00:00.123456Z"
values = st.one_of(
    st.sampled_from(["a", "", "\ud800", "7", 7, 0, 7.5, True, None, ["a"], ["a", 1], [["a"]], {"b": 1}]),
    st.text(max_size=3),
)
times = st.sampled_from([TIME, "2026-11-26 12:00:00", "", "never", 1_795_700_000, 0, None, "1601-01-01"])
windows = st.fixed_dictionaries(
    {"EventID": st.sampled_from([1, 1, 1, "1", "x", True, None]), "a": values},
    optional={
        "Channel": st.sampled_from([SYSMON, SYSMON, "Linux-Sysmon/Operational", "Security", "", 7, None]),
        "@timestamp": times,
        "UtcTime": times,
        "TimeCreated": times,
        "EventTime": times,
        "EventRecordID": st.sampled_from([5, "5", "", 0, None]),
        "RecordNumber": st.sampled_from([6, None]),
        "Computer": st.sampled_from(["pc1", "", None]),
        "Hostname": st.sampled_from(["pc2", ""]),
        "product": st.sampled_from(["windows", "zeek"]),
        "e\x07": values,
    },
)
others = st.dictionaries(st.sampled_from(["winlog", "message", "id.orig_h", "PROGRAM", "b", "c"]), values)
documents = st.one_of(windows, windows, others).map(lambda one: json.dumps(one).encode())
odd = st.sampled_from(
    [b"{", b"[]", b"null", b"{}", b"\xff", b'{"a":NaN}', b'{"a":1} {"b":2}', b"", b"{}\n{}"]
)
heads = st.sampled_from(
    [b'{"create":{}}', b'{"create":{}}', b'{"index":{"_id":"7"}}', b'{"create":{"_index":"logs","_id":9}}']
)
bad_heads = st.sampled_from([b'{"delete":{"_id":"7"}}', b"no", b'{"create":{}}'])


def pair(head, text):
    return head + b"\n" + text


pieces = st.one_of(
    st.lists(st.builds(pair, heads, documents), min_size=1, max_size=12),
    st.lists(st.builds(pair, heads | bad_heads, documents | odd), min_size=1, max_size=6),
)


def whole(prepared):
    """Return what deliveries became: each event with its identifier, in no order."""
    events = prepared.wards[MINATO]
    ids = [piece.event_id for piece in events.pieces]
    fields = [exact(record.fields) for record in events.records]
    found = sorted(zip(ids, events.received, map(str, events.records), fields, strict=True))
    return found, prepared.rejected, prepared.position, prepared.senders


def exact(fields):
    return [(name, type(value).__name__, repr(value)) for name, value in fields.items()]


def full(**more):
    fields = {"@timestamp": TIME, "Channel": SYSMON, "EventID": 1, "Computer": "pc1", **more}
    return pair(b'{"create":{}}', json.dumps(fields).encode())


@given(pieces, st.booleans())
@example([full(EventRecordID=5), full(EventRecordID=""), full(EventRecordID=5)], True)
@example([full(Channel="Linux-Sysmon/Operational"), full()], True)
@example([full(EventID="7"), full(note="\u65e5\u672c")], True)
@example([full(EventRecordID=0, RecordNumber=6, Computer="", Hostname="pc2")], True)
def test_events_by_columns_are_those_of_each_piece(raws, acknowledged):
    queued = [Queued(3, delivery(*raws, form="elastic_bulk", acknowledged=acknowledged))]
    assert whole(prepare(queued, take=gather, into=Prepared(new_records=Gathered))) == whole(prepare(queued))


def test_deliveries_of_many_blocks_and_other_formats_are_gathered_together():
    many = delivery(*(full(n=n, text="t" * 1000) for n in range(200)), form="elastic_bulk")
    assert sum(map(len, many.raws)) > 2 * BLOCK_BYTES
    queued = [Queued(1, many), Queued(2, delivery(b"<34>x", b"\x00", form="syslog")), Queued(3, many)]
    found = prepare(queued, take=gather, into=Prepared(new_records=Gathered))
    assert whole(found) == whole(prepare(queued))
    assert found.events == 401
    assert sorted(len(kind.positions) for kind in found.wards[MINATO].records.kinds()) == [1, 400]


RECORDS = [
    LogRecord(
        LogSource("windows", "", "s" if n % 7 else ""),
        None if n % 11 == 0 else NOON + n * HOUR // 100,
        {"Channel": SYSMON, "n": n if n % 5 else str(n), "mixed": [None, 1.5, True, ["x"]][n % 4]},
        f"raw {n}",
        f"7#{n}",
        f"id {n}" if n % 3 else "",
    )
    for n in range(3 * ROWS_AT_ONCE)
]


def test_gathered_records_are_those_that_were_given():
    gathered = Gathered(RECORDS)
    assert list(gathered) == RECORDS
    assert [exact(one.fields) for one in gathered] == [exact(one.fields) for one in RECORDS]
    assert (gathered[5], gathered[-1], len(gathered)) == (RECORDS[5], RECORDS[-1], len(RECORDS))
    assert list(gathered[3:70]) == RECORDS[3:70]
    backwards = list(range(len(RECORDS) - 1, -1, -2))
    assert list(gathered.taken(backwards)) == [RECORDS[at] for at in backwards]
    with pytest.raises(IndexError):
        gathered[len(RECORDS)]


def test_records_added_later_are_found_among_their_kind():
    gathered = Gathered(RECORDS[:10])
    before = len(gathered.kinds())
    for record in RECORDS[10:]:
        gathered.append(record)
    assert list(gathered) == RECORDS
    assert len(gathered.kinds()) == len(Gathered(RECORDS).kinds()) > before


def test_events_of_two_hours_go_into_the_table_of_theirs():
    ids = [bytes([n]) * 16 for n in range(len(RECORDS))]
    groups = by_hour(Batch(MINATO, Gathered(RECORDS), [NOON] * len(RECORDS), ids))
    assert len(groups) == 2
    for group in groups:
        rows = build(group.events, ocsf_columns_of_kind).table.to_pylist()
        assert len(rows) == len(group.events.ids)
        for row in rows:
            record = RECORDS[row["event_id"][0]]
            assert (row["raw"], row["identifier"] or "") == (record.raw, record.identifier)
            assert row["clock"] == (None if record.time else "none")


def test_a_told_time_beyond_every_clock_is_kept_where_it_fits():
    told = [None, 5, 2**70, NOON]
    records = Gathered([LogRecord(LogSource(), time, {"a": 1}, "") for time in told])
    noon = np.full(4, NOON)
    arrived = Arrived(
        records, [bytes([n]) * 16 for n in range(4)], noon, noon, {0: "none", 1: "past", 2: "future"}
    )
    table = build(arrived, ocsf_columns_of_kind).table
    assert table["told_time"].to_pylist() == [None, 5, None, None]
    assert table["clock"].to_pylist() == ["none", "past", "future", None]
