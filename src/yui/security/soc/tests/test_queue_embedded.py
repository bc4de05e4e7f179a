"""The embedded queue: what it has taken survives, what it refused was not taken."""

import asyncio
import os
import time

import pytest

from yui.security.soc.queue.contract import DETECTION, STORAGE
from yui.security.soc.queue.embedded import EmbeddedQueue
from yui.security.soc.queue.errors import (
    QueueInUse,
    QueueRefused,
)
from yui.security.soc.queue.log import PIECES_AT_ONCE, QueueLimits, SegmentLog
from yui.security.soc.queue.reading import SegmentReader
from yui.security.soc.queue.segments import HEAD_SIZE, MAGIC, segments_in
from yui.security.soc.tests.queue_parts import SMALL, delivery, payload, raws_of


def test_what_was_appended_is_read_in_order_across_files(tmp_path):
    log, reader = SegmentLog(tmp_path, SMALL), SegmentReader(tmp_path, STORAGE, (STORAGE,))
    for number in range(20):
        log.append([payload(b"%d" % number), payload(b"%d again" % number)])
    assert len(segments_in(tmp_path)) > 3
    found = reader.read(1000, 0)
    assert raws_of(found) == [text for n in range(20) for text in (b"%d" % n, b"%d again" % n)]
    assert [item.position for item in found] == list(range(1, 41))
    assert reader.read(1000, 0) == []


def test_a_group_larger_than_one_call_of_the_system_takes(tmp_path):
    log, reader = SegmentLog(tmp_path), SegmentReader(tmp_path, STORAGE, (STORAGE,))
    texts = [b"%d" % number for number in range(3 * PIECES_AT_ONCE)]
    assert log.append([payload(text) for text in texts])[-1] == len(texts)
    assert raws_of(reader.read(10_000, 0)) == texts


@pytest.mark.parametrize("most", [1, HEAD_SIZE, HEAD_SIZE + 3, 100])
def test_a_system_that_takes_a_little_at_a_time_is_given_the_rest(tmp_path, monkeypatch, most):
    def writev(file, pieces):
        return os.write(file, b"".join(pieces)[:most])

    monkeypatch.setattr(os, "writev", writev)
    log, reader = SegmentLog(tmp_path), SegmentReader(tmp_path, STORAGE, (STORAGE,))
    log.append([payload(b"first", b""), payload(b"second")])
    assert raws_of(reader.read(10, 0)) == [b"first", b"", b"second"]


def test_reading_stops_near_the_number_asked_for(tmp_path):
    log, reader = SegmentLog(tmp_path, SMALL), SegmentReader(tmp_path, STORAGE, (STORAGE,))
    log.append([payload(b"a", b"b"), payload(b"c"), payload(b"d")])
    assert raws_of(reader.read(3, 0)) == [b"a", b"b", b"c"]
    assert raws_of(reader.read(3, 0)) == [b"d"]


def test_a_new_reader_begins_after_the_last_commit(tmp_path):
    log = SegmentLog(tmp_path, SMALL)
    log.append([payload(b"%d" % number) for number in range(5)])
    reader = SegmentReader(tmp_path, STORAGE, (STORAGE,))
    first = reader.read(2, 0)
    reader.read(10, 0)
    reader.commit(first[-1].position)
    reader.close()
    assert raws_of(SegmentReader(tmp_path, STORAGE, (STORAGE,)).read(10, 0)) == [b"2", b"3", b"4"]


def test_each_reader_gets_everything_and_files_go_when_both_are_done(tmp_path):
    log = SegmentLog(tmp_path, SMALL)
    for number in range(20):
        log.append([payload(b"%d" % number)])
    detection, storage = SegmentReader(tmp_path, DETECTION), SegmentReader(tmp_path, STORAGE)
    many = len(segments_in(tmp_path))
    for reader in (detection, storage):
        assert len(segments_in(tmp_path)) == many
        assert raws_of(reader.read(1000, 0)) == [b"%d" % number for number in range(20)]
        reader.commit(20)
    assert len(segments_in(tmp_path)) == 1


def test_committed_files_are_removed_and_numbers_go_on(tmp_path):
    log, reader = SegmentLog(tmp_path, SMALL), SegmentReader(tmp_path, STORAGE, (STORAGE,))
    for number in range(20):
        log.append([payload(b"%d" % number)])
    reader.read(1000, 0)
    reader.commit(20)
    assert len(segments_in(tmp_path)) == 1
    log.close()
    reader.close()
    log = SegmentLog(tmp_path, SMALL)
    assert log.append([payload(b"later")]) == [21]
    assert raws_of(SegmentReader(tmp_path, STORAGE, (STORAGE,)).read(10, 0)) == [b"later"]


@pytest.mark.parametrize("cut", [1, 5, HEAD_SIZE - 1, HEAD_SIZE, HEAD_SIZE + 3])
def test_a_torn_tail_is_cut_at_restart(tmp_path, cut):
    log = SegmentLog(tmp_path, QueueLimits(free_bytes=0))
    log.append([payload(b"whole")])
    log.close()
    path = segments_in(tmp_path)[0]
    whole = path.stat().st_size
    with open(path, "ab") as file:
        file.write(path.read_bytes()[len(MAGIC) : len(MAGIC) + cut])
    log = SegmentLog(tmp_path, QueueLimits(free_bytes=0))
    assert path.stat().st_size == whole
    log.append([payload(b"after")])
    assert raws_of(SegmentReader(tmp_path, STORAGE, (STORAGE,)).read(10, 0)) == [b"whole", b"after"]


def test_the_reader_never_sees_what_is_not_on_the_disk(tmp_path, monkeypatch):
    log, reader = SegmentLog(tmp_path, SMALL), SegmentReader(tmp_path, STORAGE, (STORAGE,))
    seen = []
    real = os.fdatasync
    monkeypatch.setattr(os, "fdatasync", lambda file: (seen.extend(reader.read(10, 0)), real(file)))
    log.append([payload(b"x")])
    assert seen == []
    assert raws_of(reader.read(10, 0)) == [b"x"]


def test_a_damaged_record_is_stepped_over_counted_and_its_file_kept(tmp_path):
    log, reader = SegmentLog(tmp_path, SMALL), SegmentReader(tmp_path, STORAGE, (STORAGE,))
    log.append([payload(b"first"), payload(b"second"), payload(b"third")])
    path = segments_in(tmp_path)[0]
    held = path.read_bytes()
    path.write_bytes(held.replace(b"second", b"sEcond"))
    for number in range(10):
        log.append([payload(b"%d" % number * 50)])
    found = raws_of(reader.read(1000, 0))
    assert found[:2] == [b"first", b"third"]
    assert len(found) == 12
    assert reader.damaged == 1
    reader.commit(13)
    assert len(list(tmp_path.glob("*.damaged"))) == 1


def test_a_damaged_head_costs_the_rest_of_its_file_only(tmp_path):
    log, reader = SegmentLog(tmp_path, SMALL), SegmentReader(tmp_path, STORAGE, (STORAGE,))
    log.append([payload(b"first"), payload(b"second")])
    path = segments_in(tmp_path)[0]
    held = bytearray(path.read_bytes())
    held[len(MAGIC)] ^= 0xFF
    path.write_bytes(held)
    log.append([payload(b"x" * 400)])
    assert raws_of(reader.read(1000, 0)) == [b"x" * 400]
    assert reader.damaged == 1


def test_one_writer_and_one_reader(tmp_path):
    log, reader = SegmentLog(tmp_path, SMALL), SegmentReader(tmp_path, STORAGE, (STORAGE,))
    with pytest.raises(QueueInUse, match="writer"):
        SegmentLog(tmp_path, SMALL)
    with pytest.raises(QueueInUse, match="reader"):
        SegmentReader(tmp_path, STORAGE, (STORAGE,))
    log.close()
    reader.close()
    SegmentLog(tmp_path, SMALL).close()
    SegmentReader(tmp_path, STORAGE, (STORAGE,)).close()


def test_group_commit_synchronises_once_for_many(tmp_path, monkeypatch):
    calls = []
    real = os.fdatasync
    monkeypatch.setattr(os, "fdatasync", lambda file: (calls.append(file), time.sleep(0.01), real(file)))

    async def work():
        queue = EmbeddedQueue(tmp_path, QueueLimits(free_bytes=0))
        numbers = await asyncio.gather(*(queue.append(delivery(b"%d" % number)) for number in range(50)))
        await queue.close()
        return numbers

    assert sorted(asyncio.run(work())) == list(range(1, 51))
    assert len(calls) < 10
    assert sorted(raws_of(SegmentReader(tmp_path, STORAGE, (STORAGE,)).read(100, 0)), key=int) == [
        b"%d" % n for n in range(50)
    ]


def test_everyone_of_a_refused_group_hears_of_it_and_small_ones_still_fit(tmp_path):
    async def work():
        queue = EmbeddedQueue(tmp_path, QueueLimits(most_bytes=3_000, free_bytes=0))
        sizes = [10, 2_900, 10, 2_900]
        answers = await asyncio.gather(
            *(queue.append(delivery(b"x" * size)) for size in sizes), return_exceptions=True
        )
        await queue.close()
        return answers

    answers = asyncio.run(work())
    assert [isinstance(answer, QueueRefused) for answer in answers] == [False, True, False, True]
    assert len(raws_of(SegmentReader(tmp_path, STORAGE, (STORAGE,)).read(100, 0))) == 2


def test_a_waiting_reader_gets_the_first_delivery_at_once(tmp_path):
    log, reader = SegmentLog(tmp_path, SMALL), SegmentReader(tmp_path, STORAGE, (STORAGE,))
    log.append([payload(b"x")])
    begun = time.monotonic()
    assert raws_of(reader.read(1, 30.0)) == [b"x"]
    assert time.monotonic() - begun < 10
    assert reader.behind == 0
