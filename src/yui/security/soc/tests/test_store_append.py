"""Events go into the lake once, by ward and hour, and come out exactly as they came."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.reach import Reach
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.event_store import building, writing
from yui.security.soc.event_store.arriving import Arrived, Batch
from yui.security.soc.event_store.clocks import DAY, HOUR
from yui.security.soc.event_store.errors import BadIdentifier, UnevenBatch
from yui.security.soc.event_store.event_ids import event_id
from yui.security.soc.event_store.gathering import Gathered
from yui.security.soc.event_store.known_ids import KnownIds
from yui.security.soc.event_store.reading import Span, find_event, live_paths, read_events, source_of
from yui.security.soc.event_store.writing import EventStore

NOON = 1_795_700_000_000_000 // HOUR * HOUR
WARD, OTHER = "131032", "131041"
ALL = Reach.everything("a test")
SYSMON = LogSource("windows", "", "sysmon")


def event(number=0, *, time=NOON, source=SYSMON, **fields):
    fields = fields or {"Channel": "Sysmon", "EventID": 1, "Image": f"C:\\{number}.exe"}
    return LogRecord(source, time, fields, f"raw {number}", "", "")


def ids(*numbers):
    return [event_id(number) for number in numbers]


def stored(ward=WARD, span=None):
    span = span or Span(NOON - 500 * DAY, NOON + 500 * DAY)
    paths = live_paths(source_of(ALL, span, {}, wards=[ward]))
    return [found for path, of in paths for found in read_events(path, of)]


def put(*records, received=NOON, ward=WARD, store=None, numbers=None):
    numbers = numbers or range(len(records))
    return (store or EventStore()).append(ward, records, [received] * len(records), ids(*numbers))


@pytest.mark.django_db
def test_events_come_back_exactly_as_they_came(organisations):
    odd = event(
        **{
            "Channel": "x", "EventID": "7", "a": 1, "A": 2, "": "empty", "big": 2**70, "no": None, "ok": True,
            "f": 0.1, "list": ["a", "b"], "one": [""], "none": [], "mixed": [1, "x"], "d": {"k": [None]},
            "ctl\n": 1, "s": "\ud800", "long" * 50: "y", "mark": ["\x1f"], "i64": 2**63, "neg": -(2**63),
        }
    )  # fmt: skip
    plain = event(3)
    result = put(odd, plain)
    assert (result.stored, result.duplicates, result.files, result.odd_clocks) == (2, 0, 1, 0)
    back = {one.event_id: one for one in stored()}
    for record, key in zip((odd, plain), ids(0, 1), strict=True):
        found = back[key].record
        assert found.fields == record.fields
        assert list(found.fields) == list(record.fields)
        assert [type(v) for v in found.fields.values()] == [type(v) for v in record.fields.values()]
        assert (found.raw, found.source, found.time) == (record.raw, record.source, record.time)


VALUES = st.one_of(
    st.text(max_size=6), st.integers(), st.booleans(), st.none(), st.lists(st.text(max_size=3), max_size=3),
    st.floats(allow_nan=False), st.lists(st.one_of(st.integers(-9, 9), st.text(max_size=2)), max_size=2),
)  # fmt: skip
NAMES = st.one_of(st.sampled_from(["Image", "image", "EventID", "Channel", "ß", "ss"]), st.text(max_size=4))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(NAMES, VALUES, max_size=6), min_size=1, max_size=8))
def test_any_fields_survive_the_table(rows):
    records = [LogRecord(SYSMON, NOON, row, "raw") for row in rows]
    times = np.full(len(rows), NOON)
    arrived = Arrived(Gathered(records), ids(*range(len(rows))), times, times, {})
    table = building.build(arrived, writing.nothing_normalised).table
    assert len({name.casefold() for name in table.schema.names}) == table.num_columns
    found = {row["event_id"]: writing_fields(row) for row in table.to_pylist()}
    assert [found[key] for key in arrived.ids] == [exact(row) for row in rows]


def writing_fields(row):
    from yui.security.soc.event_store.layouts import fields_of

    return exact(fields_of(row))


def exact(fields):
    return [(name, type(value), repr(value)) for name, value in fields.items()]


@pytest.mark.django_db
def test_the_same_events_are_stored_once(organisations):
    store = EventStore()
    assert put(event(1), event(2), store=store).stored == 2
    again = put(event(1), event(2), event(3), store=store)
    assert (again.stored, again.duplicates) == (1, 2)
    twice = store.append(WARD, [event(9), event(9)], [NOON, NOON], ids(9, 9))
    assert (twice.stored, twice.duplicates) == (1, 1)
    fresh_process = put(event(1), event(2), event(3), event(4))
    assert (fresh_process.stored, fresh_process.duplicates) == (1, 3)
    assert put(event(1), ward=OTHER).stored == 1
    assert len(stored()) == 5


@pytest.mark.django_db
def test_identifiers_that_begin_alike_are_told_apart(organisations):
    store = EventStore()
    for last in (b"a", b"b", b"a"):
        store.append(WARD, [event()], [NOON], [b"same top" + last * 8])
    assert len(stored()) == 2


@pytest.mark.django_db
def test_what_is_unseen_is_told_without_storing(organisations):
    store = EventStore()
    put(event(1), store=store)
    batch = Batch(WARD, [event(0), event(1), event(1), event(2)], [NOON] * 4, ids(7, 0, 8, 8))
    assert store.unseen(batch) == [0, 2]
    assert len(stored()) == 1


@pytest.mark.django_db
def test_little_memory_for_identifiers_changes_no_answer(organisations, settings):
    store = EventStore(known=KnownIds(settings.LAKE, most=2))
    hours = [event(n, time=NOON + n * HOUR) for n in range(4)]
    for _ in range(3):
        put(*hours, store=store, received=NOON + 4 * HOUR)
    assert len(stored()) == 4


@pytest.mark.django_db
def test_events_lie_by_ward_and_hour(organisations):
    late = event(1, time=NOON + HOUR)
    assert put(event(0), late, event(2)).files == 2
    files = LakeFile.objects.order_by("part")
    assert [file.rows for file in files] == [2, 1]
    first = files[0]
    assert first.path.startswith(f"soc_events/organisation={WARD}/month={first.month}/{first.part}/part-")
    assert len(first.part) == len("2026-11-26T13")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "told, clock",
    [(None, "none"), (NOON - 401 * DAY, "past"), (NOON + 2 * DAY, "future"), (-(2**70), "past")],
)
def test_a_wrong_clock_is_filed_by_when_it_was_received_and_flagged(organisations, told, clock):
    result = put(event(0, time=told), event(1))
    assert result.odd_clocks == 1
    found = next(one for one in stored() if one.clock)
    assert (found.clock, found.time) == (clock, NOON)
    assert found.record.time == (told if told is None or abs(told) < 2**63 else None)
    assert next(one for one in stored() if not one.clock).record.time == NOON


@pytest.mark.django_db
def test_uneven_batches_and_bad_identifiers_are_refused_whole(organisations):
    with pytest.raises(UnevenBatch):
        EventStore().append(WARD, [event()], [], ids(1))
    with pytest.raises(BadIdentifier, match="3 bytes"):
        EventStore().append(WARD, [event(), event()], [NOON, NOON], [*ids(1), b"abc"])
    assert not LakeFile.objects.exists()


@pytest.mark.django_db
def test_an_empty_batch_changes_nothing(organisations):
    result = EventStore().append(WARD, [], [], [])
    assert (result.stored, result.duplicates, result.files) == (0, 0, 0)


@pytest.mark.django_db
def test_new_fields_are_told_once(organisations):
    store = EventStore()
    first = put(event(1), store=store).new_fields
    assert {one.field for one in first} == {"Channel", "EventID", "Image"}
    assert {(one.ward, one.source) for one in first} == {(WARD, SYSMON)}
    again = put(event(2, Channel="x", User="y"), store=store, numbers=[5]).new_fields
    assert [one.field for one in again] == ["User"]


@pytest.mark.django_db
def test_thousands_of_field_names_need_no_thousands_of_columns(organisations, monkeypatch):
    monkeypatch.setattr(building, "MOST_COLUMNS", 5)
    monkeypatch.setattr(building, "MOST_SHAPES", 3)
    records = [event(n, **{f"hostile{n}": n, "Image": "x"}) for n in range(40)]
    assert put(*records).stored == 40
    columns = [c for c in _columns() if c.startswith("f_")]
    assert len(columns) <= 5
    assert "f_image" in columns
    assert sorted(one.record.fields["Image"] for one in stored()) == ["x"] * 40
    assert {name for one in stored() for name in one.record.fields} >= {"hostile0", "hostile39"}


def _columns():
    import pyarrow.parquet as pq
    from django.conf import settings as django_settings

    return pq.read_schema(django_settings.LAKE / LakeFile.objects.get().path).names


@pytest.mark.django_db
def test_one_event_is_found_within_reach_only(organisations):
    put(event(1))
    (key,) = ids(0)
    span = Span(NOON, NOON + HOUR)
    assert find_event(ALL, key, span).record.raw == "raw 1"
    assert find_event(Reach(frozenset({OTHER}), None, "test"), key, span) is None
    assert find_event(ALL, key, Span(NOON + HOUR, NOON + 2 * HOUR)) is None


@pytest.mark.django_db
def test_two_processes_that_write_the_same_events_store_them_once(organisations, monkeypatch):
    """The second one finds out before it publishes, and leaves out what the first one stored."""
    first, second = EventStore(), EventStore()
    original = writing.stage_table

    def interrupted(table, ward, part):
        monkeypatch.setattr(writing, "stage_table", original)
        put(event(1), event(2), store=second)
        return original(table, ward, part)

    monkeypatch.setattr(writing, "stage_table", interrupted)
    result = put(event(1), event(2), event(3), store=first)
    assert (result.stored, result.duplicates) == (1, 2)
    assert len(stored()) == 3


@pytest.mark.django_db
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 30), min_size=1, max_size=12)), min_size=1))
def test_whatever_is_sent_again_the_counts_add_up(organisations, batches):
    from yui.kernel.lake.publishing import supersede

    supersede(LakeFile.objects.all(), by="the last example")
    store = EventStore()
    for is_restarted, batch in batches:
        records = [event(n, time=NOON + n % 3 * HOUR) for n in batch]
        result = put(*records, store=store, numbers=batch)
        assert result.stored + result.duplicates == len(batch)
        if is_restarted:
            store = EventStore()
    assert sorted(int(one.record.raw.split()[1]) for one in stored()) == sorted(
        {n for _, b in batches for n in b}
    )


def test_infinite_numbers_survive_the_table():
    row = {"": float("inf"), "bytes": float("-inf"), "many": [1.5, float("inf")]}
    arrived = Arrived(
        Gathered([LogRecord(SYSMON, NOON, row, "raw")]), ids(1), np.full(1, NOON), np.full(1, NOON), {}
    )
    [stored] = building.build(arrived, writing.nothing_normalised).table.to_pylist()
    assert writing_fields(stored) == exact(row)
