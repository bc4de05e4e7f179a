"""Small files are merged, old events go, and no event is lost or doubled by either."""

import pytest

from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.reach import Reach
from yui.security.soc.event_store import compaction, retention, rewriting
from yui.security.soc.event_store.clocks import DAY, HOUR
from yui.security.soc.event_store.compaction import compact
from yui.security.soc.event_store.dataset import NORMALISED
from yui.security.soc.event_store.reading import Span, live_paths, read_events, source_of
from yui.security.soc.event_store.retention import Retention, expire, remove_hidden, sizes
from yui.security.soc.event_store.writing import EventStore
from yui.security.soc.tests.test_store_append import NOON, OTHER, WARD, event, ids

pytestmark = pytest.mark.django_db
ALL = Reach.everything("a test")
ALWAYS = Span(NOON - 900 * DAY, NOON + 900 * DAY)


def classed(_source, fields, _count):
    return [fields.get("class"), *[None] * (len(NORMALISED) - 1)]


def put(*numbered, ward=WARD, store=None, received=NOON):
    store = store or EventStore(classed)
    numbers = [number for number, _ in numbered]
    records = [
        event(number, time=time, Channel=f"c{number % 3}", EventID=number, odd=number)
        for number, time in numbered
    ]
    return store.append(ward, records, [received] * len(records), ids(*numbers))


def numbers(ward=WARD):
    paths = live_paths(source_of(ALL, ALWAYS, {}, wards=[ward]))
    return sorted(one.record.fields["EventID"] for path, of in paths for one in read_events(path, of))


def live(ward=WARD):
    return list(
        LakeFile.objects.live().filter(organisation_code=ward).order_by("part").values_list("part", "rows")
    )


def test_finished_hours_become_one_file_each(organisations):
    for number in range(6):
        put((number, NOON + number % 2 * HOUR))
    put((9, NOON), ward=OTHER)
    done = compact(NOON + 3 * HOUR)
    assert (done.hours, done.days, done.files_before, done.files_after, done.rows) == (2, 0, 6, 2, 6)
    assert [rows for _, rows in live()] == [3, 3]
    assert numbers() == [0, 1, 2, 3, 4, 5]
    assert numbers(OTHER) == [9]
    assert compact(NOON + 3 * HOUR) == compaction.Compacted()


def test_an_hour_that_is_still_written_waits_until_it_has_many_files(organisations, monkeypatch):
    for number in range(3):
        put((number, NOON))
    assert compact(NOON + HOUR).files_before == 0
    monkeypatch.setattr(compaction, "MOST_SMALL_FILES", 3)
    assert compact(NOON + HOUR).files_before == 3
    assert numbers() == [0, 1, 2]


def test_days_become_one_file_and_events_in_it_are_still_known(organisations):
    put(*[(number, NOON + number * HOUR) for number in range(4)])
    done = compact(NOON + 3 * DAY)
    assert done.days >= 1
    assert all("T" not in part for part, _ in live())
    assert numbers() == [0, 1, 2, 3]
    again = put(*[(number, NOON + number * HOUR) for number in range(5)])
    assert (again.stored, again.duplicates) == (1, 4)


def test_a_store_that_remembers_merged_files_still_knows_their_events(organisations):
    store = EventStore(classed)
    put((1, NOON), store=store)
    put((2, NOON), store=store)
    compact(NOON + 2 * HOUR)
    assert put((1, NOON), (2, NOON), (3, NOON), store=store).stored == 1
    assert numbers() == [1, 2, 3]


def test_files_that_another_run_replaced_are_left_alone(organisations, monkeypatch):
    for number in range(2):
        put((number, NOON))
    files = list(LakeFile.objects.live())
    assert rewriting.rewrite(files, files[0].part) == 2
    assert rewriting.rewrite(files, files[0].part) is None
    assert numbers() == [0, 1]


def test_large_files_and_too_many_columns_are_not_merged(organisations, monkeypatch):
    for number in range(3):
        put((number, NOON))
    monkeypatch.setattr(compaction, "LARGEST_ROWS", 2)
    assert compact(NOON + 2 * HOUR).files_before == 2
    monkeypatch.setattr(compaction, "MOST_COLUMNS", 0)
    monkeypatch.setattr(compaction, "LARGEST_ROWS", 200)
    assert compact(NOON + 2 * HOUR).files_before == 0
    assert numbers() == [0, 1, 2]


def test_rows_of_one_route_lie_together(organisations):
    put(*[(number, NOON + number) for number in range(12)])
    put((12, NOON))
    compact(NOON + 2 * HOUR)
    ((path, ward),) = live_paths(source_of(ALL, ALWAYS, {}))
    channels = [one.record.fields["Channel"] for one in read_events(path, ward)]
    assert channels == sorted(channels)


def test_old_events_go_by_ward_and_class_and_leave_the_disk(organisations, settings, monkeypatch):
    def filled(ward, time):
        records = [
            event(n, time=time, EventID=n, **{"class": uid}) for n, uid in enumerate((4001, 3002, None))
        ]
        EventStore(classed).append(ward, records, [time] * 3, ids(*range(3)))

    filled(WARD, NOON - 100 * DAY)
    filled(WARD, NOON - 20 * DAY)
    filled(OTHER, NOON - 100 * DAY)
    policy = Retention(30, {4001: 10, 3002: 365})
    gone = expire(WARD, policy, NOON)
    assert (gone.files, gone.rows) == (3, 3)
    assert numbers() == [1, 1, 2]
    assert numbers(OTHER) == [0, 1, 2]
    assert expire(WARD, policy, NOON).rows == 0
    assert expire(WARD, Retention(15), NOON).rows == 3
    assert numbers() == []
    assert remove_hidden() == 0
    monkeypatch.setattr(retention, "READERS_DONE", -retention.READERS_DONE)
    assert remove_hidden() == 5
    left = [path for path in settings.LAKE.rglob("*.parquet") if WARD in str(path)]
    assert left == []
    assert sizes([WARD, OTHER]).keys() == {OTHER}


def test_nothing_is_kept_for_less_than_a_day():
    with pytest.raises(ValueError, match="at least one day"):
        Retention(30, {4001: 0})
