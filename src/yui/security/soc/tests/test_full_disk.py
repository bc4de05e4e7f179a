"""A disk that is truly full: the file system itself says no, in the middle of whatever is being written.

Nothing that was acknowledged is lost, nothing is stored twice, and work goes on once there is room again.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Sum

from yui.kernel.lake.errors import LakeWriteFailed
from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.lake.upkeep import sweep, verify
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.event_store.arriving import Batch
from yui.security.soc.event_store.dataset import NAME, events
from yui.security.soc.event_store.writing import EventStore
from yui.security.soc.processing.database import DatabaseStore
from yui.security.soc.processing.loop import Pace, Surroundings
from yui.security.soc.processing.storage import Storage
from yui.security.soc.queue.contract import STORAGE
from yui.security.soc.queue.deliveries import encode
from yui.security.soc.queue.errors import QueueDiskFull
from yui.security.soc.queue.log import QueueLimits, SegmentLog
from yui.security.soc.queue.reading import SegmentReader
from yui.security.soc.tests.processing_parts import delivery, event
from yui.security.soc.tests.queue_parts import payload, raws_of
from yui.security.soc.tests.receiving import MINATO
from yui.security.soc.tests.small_disks import MEBIBYTE, filled, mounted

SIZE = 4 * MEBIBYTE
ALL_OF_IT = QueueLimits(segment_bytes=400_000, free_bytes=-SIZE)
"""Limits of a queue that does not look for room first, so that the disk itself refuses what is written."""


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A file system of its own with room for 4 MB."""
    with mounted(tmp_path / "disk", SIZE) as folder:
        yield folder


def numbered(numbers, size=20_000) -> list[bytes]:
    return [b"%06d" % number + os.urandom(size) for number in numbers]


def numbers_of(found) -> list[int]:
    return [int(raw[:6]) for raw in raws_of(found)]


# The queue


def fill_queue(log, numbers, size=20_000) -> tuple[list[int], int]:
    """Append deliveries until all were tried; return which were acknowledged, and how many refused."""
    taken, refused = [], 0
    for number, raw in zip(numbers, numbered(numbers, size), strict=True):
        try:
            log.append([payload(raw)])
            taken.append(number)
        except QueueDiskFull:
            refused += 1
    return taken, refused


def test_the_queue_keeps_all_that_it_acknowledged_and_nothing_else(small_disk):
    log = SegmentLog(small_disk / "queue", ALL_OF_IT)
    taken, refused = fill_queue(log, range(400))
    assert len(taken) + refused == 400
    assert len(taken) * 20_000 > SIZE // 2
    assert refused > 100
    reader = SegmentReader(small_disk / "queue", STORAGE, (STORAGE,))
    found = reader.read(10_000, 0)
    assert numbers_of(found) == taken
    assert reader.damaged == 0


def test_the_queue_takes_more_once_processing_has_made_room(small_disk):
    log = SegmentLog(small_disk / "queue", ALL_OF_IT)
    reader = SegmentReader(small_disk / "queue", STORAGE, (STORAGE,))
    first, _refused = fill_queue(log, range(400))
    found = reader.read(10_000, 0)
    reader.commit(found[-1].position)
    later, refused = fill_queue(log, range(400, 450))
    assert refused == 0
    assert numbers_of(reader.read(10_000, 0)) == later == list(range(400, 450))
    assert first[0] == 0


def test_small_deliveries_are_not_lost_where_only_large_ones_have_no_room(small_disk):
    log = SegmentLog(small_disk / "queue", ALL_OF_IT)
    log.append([payload(b"000000 first")])
    with filled(small_disk, leaving=40_000):
        with pytest.raises(QueueDiskFull):
            log.append([payload(*numbered([1], 200_000))])
        small, _refused = fill_queue(log, range(2, 40), size=500)
        assert small
    after, refused = fill_queue(log, [40])
    assert refused == 0
    reader = SegmentReader(small_disk / "queue", STORAGE, (STORAGE,))
    assert numbers_of(reader.read(10_000, 0)) == [0, *small, *after]


def test_a_queue_that_restarts_on_a_full_disk_gives_what_it_holds(small_disk):
    folder = small_disk / "queue"
    log = SegmentLog(folder, ALL_OF_IT)
    reader = SegmentReader(folder, STORAGE, (STORAGE,))
    taken, _refused = fill_queue(log, range(20))
    with filled(small_disk):
        more, _refused = fill_queue(log, range(20, 30), size=3_000)
        log.close()
        reader.close()
        log = SegmentLog(folder, ALL_OF_IT)
        reader = SegmentReader(folder, STORAGE, (STORAGE,))
        found = reader.read(10_000, 0)
        assert numbers_of(found) == taken + more
        reader.commit(found[-1].position)
    assert fill_queue(log, range(30, 40))[1] == 0
    assert numbers_of(reader.read(10_000, 0)) == list(range(30, 40))


FIRST_START = """
import sys
from pathlib import Path
from yui.security.soc.queue.contract import STORAGE
from yui.security.soc.queue.errors import QueueError
from yui.security.soc.queue.log import SegmentLog
from yui.security.soc.queue.reading import SegmentReader
for role in (lambda: SegmentLog(Path(sys.argv[1])), lambda: SegmentReader(Path(sys.argv[1]), STORAGE)):
    try:
        role()
    except QueueError as error:
        print(error)
"""


@pytest.mark.parametrize("has_marks", [False, True], ids=["first start", "mark of the writer lost"])
def test_a_queue_that_cannot_make_its_marks_on_a_full_disk_says_so(small_disk, has_marks):
    folder = small_disk / "queue"
    folder.mkdir()
    if has_marks:
        SegmentLog(folder, ALL_OF_IT).close()
        (folder / "durable").unlink()
    with filled(small_disk):
        told = subprocess.run(
            [sys.executable, "-c", FIRST_START, str(folder)], capture_output=True, text=True
        )
        assert told.returncode == 0, f"ended by {told.returncode}: {told.stderr[-500:]}"
        assert told.stdout.count("空き容量") == 2
    # With room, it starts as if nothing had been.
    log = SegmentLog(folder, ALL_OF_IT)
    assert fill_queue(log, range(5)) == ([0, 1, 2, 3, 4], 0)
    assert numbers_of(SegmentReader(folder, STORAGE, (STORAGE,)).read(100, 0)) == [0, 1, 2, 3, 4]


# The lake

AT = 1_790_000_000_000_000
HOUR = 3_600_000_000


def batch(number: int, count: int = 200) -> tuple:
    """Events of one hour that do not compress."""
    times = [AT + number % 50 * HOUR] * count
    ids = [b"%08d%08d" % (number, each) for each in range(count)]
    source = LogSource("windows", "process_creation")
    records = [
        LogRecord(source, at, {"Image": f"{number}.{each}"}, f"{number}.{each}." + os.urandom(500).hex())
        for each, at in enumerate(times)
    ]
    return records, times, ids


def fill_lake(store, numbers) -> tuple[list[int], list[tuple]]:
    """Store batches until all were tried; return which were stored, and the others to try again."""
    stored, refused = [], []
    for number in numbers:
        given = batch(number)
        try:
            assert store.append(MINATO, *given).stored == 200
            stored.append(number)
        except LakeWriteFailed:
            refused.append((number, given))
    return stored, refused


def lake() -> Source:
    return Source(events(), Reach.everything("test"))


def raws_in_the_lake() -> list[str]:
    rows = fetch_rows("SELECT raw FROM {lake}", {"lake": lake()})
    return sorted(raw.rsplit(".", 1)[0] for (raw,) in rows)


def expected(numbers, count=200) -> list[str]:
    return sorted(f"{number}.{each}" for number in numbers for each in range(count))


def visible_rows() -> int:
    return LakeFile.objects.live().filter(dataset=NAME).aggregate(total=Sum("rows"))["total"] or 0


@pytest.fixture
def small_lake(small_disk, settings, db, organisations) -> Path:
    """The lake on a small disk; the database lies elsewhere."""
    settings.LAKE = small_disk / "lake"
    return small_disk


def test_the_lake_keeps_all_that_it_stored_and_shows_nothing_else(small_lake):
    store = EventStore()
    stored, refused = fill_lake(store, range(120))
    assert len(stored) + len(refused) == 120
    assert min(len(stored), len(refused)) > 10
    assert visible_rows() == 200 * len(stored)
    assert raws_in_the_lake() == expected(stored)
    assert not list(verify())


def test_the_lake_takes_what_it_refused_once_there_is_room_again(small_lake):
    store = EventStore()
    before, _none = fill_lake(store, range(10))
    with filled(small_lake):
        stored, refused = fill_lake(store, range(10, 30))
        assert len(refused) == 20
        assert visible_rows() == 200 * len(before)
    for _number, given in refused:
        assert store.append(MINATO, *given).stored == 200
    for _number, given in refused:
        assert store.append(MINATO, *given).duplicates == 200
    assert stored == []
    assert raws_in_the_lake() == expected(range(30))
    assert not list(verify())


def test_a_full_disk_leaves_nothing_behind_for_ever(small_lake):
    store = EventStore()
    stored, refused = fill_lake(store, range(120))
    sweep(older_than_hours=0)
    on_disk = sum(path.stat().st_size for path in settings.LAKE.rglob("*") if path.is_file())
    assert refused
    assert on_disk == LakeFile.objects.aggregate(total=Sum("bytes"))["total"]
    assert raws_in_the_lake() == expected(stored)


def test_one_hour_that_has_no_room_holds_the_whole_group_back(small_lake):
    store = EventStore()
    with filled(small_lake, leaving=400_000):
        with pytest.raises(LakeWriteFailed):
            store.append_many([Batch(MINATO, *batch(number)) for number in range(20)])
        assert visible_rows() == 0
    given = [Batch(MINATO, *batch(number)) for number in range(20)]
    assert store.append_many(given).stored == 4_000


# From the queue to the lake


def test_storage_waits_for_room_and_then_stores_each_event_once(small_lake, tmp_path):
    folder = tmp_path / "queue"
    log = SegmentLog(folder, QueueLimits(free_bytes=0))
    many = [[event("calc.exe", 100 * turn + each) for each in range(100)] for turn in range(10)]
    log.append([payload_of(raws) for raws in many])
    reader = SegmentReader(folder, STORAGE, (STORAGE,))
    tries = []

    def one_more_try() -> bool:
        tries.append(visible_rows())
        return len(tries) > 3

    pace = Pace(store_events=1, store_seconds=0, wait_seconds=0, retry_seconds=0.01)
    with filled(small_lake):
        Storage(reader, DatabaseStore(), Surroundings(pace, should_stop=one_more_try)).run()
    assert len(tries) > 3
    assert set(tries) == {0}
    reader.close()

    # What was not committed comes again, also to a process that starts anew.
    reader = SegmentReader(folder, STORAGE, (STORAGE,))
    storage = Storage(reader, DatabaseStore(), Surroundings(pace))
    while storage.step():
        pass
    storage.flush()
    assert (storage.done.stored, storage.done.duplicate, storage.done.rejected) == (1_000, 0, 0)
    assert visible_rows() == 1_000
    assert reader.read(1_000, 0) == []
    rows = fetch_rows("SELECT raw FROM {lake}", {"lake": lake()})
    assert sorted(raw for (raw,) in rows) == sorted(raw.decode() for raws in many for raw in raws)


def payload_of(raws) -> bytes:
    return encode(delivery(*raws))
