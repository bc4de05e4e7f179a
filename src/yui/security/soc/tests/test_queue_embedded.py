"""The embedded queue: what it has taken survives, what it refused was not taken."""

import asyncio
import errno
import os
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.security.soc.queue.contract import DETECTION, STORAGE
from yui.security.soc.queue.deliveries import Delivery, decode, encode, occurrences_of, parts
from yui.security.soc.queue.embedded import EmbeddedQueue
from yui.security.soc.queue.errors import (
    QueueDiskFull,
    QueueFull,
    QueueInUse,
    QueueRecordDamaged,
    QueueRefused,
)
from yui.security.soc.queue.log import QueueLimits, SegmentLog
from yui.security.soc.queue.reading import SegmentReader
from yui.security.soc.queue.segments import HEAD_SIZE, MAGIC, segments_in

SMALL = QueueLimits(most_bytes=1_000_000, segment_bytes=400, free_bytes=0)


def delivery(*raws: bytes, ward="131032") -> Delivery:
    return Delivery(ward, "sender-1", "hec", 1_700_000_000_000_000, list(raws), occurrences_of(raws))


def payload(*raws: bytes) -> bytes:
    return encode(delivery(*raws))


def raws_of(queued) -> list[bytes]:
    return [raw for item in queued for raw in item.delivery.raws]


pieces = st.lists(st.binary(max_size=40), max_size=12)


@given(pieces, st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3), st.booleans())
def test_a_delivery_reads_back(raws, context, acknowledged):
    given_ = Delivery(
        "131032", "s", "syslog", 5, raws, occurrences_of(raws), context, acknowledged=acknowledged
    )
    read = decode(encode(given_))
    assert (list(read.raws), list(read.occurrences), read.context, read.acknowledged) == (
        list(raws),
        list(given_.occurrences),
        context,
        acknowledged,
    )


@given(pieces, st.binary(max_size=30), st.integers(0, 200))
def test_no_bytes_crash_the_decoder(raws, noise, cut):
    try:
        decode(payload(*raws)[:cut] + noise)
    except QueueRecordDamaged as error:
        assert "壊れ" in str(error)


@given(pieces, st.integers(1, 60))
def test_parts_keep_pieces_order_and_occurrences(raws, most):
    whole = delivery(*raws)
    found = parts(whole, most)
    assert [raw for part in found for raw in part.raws] == raws
    assert [n for part in found for n in part.occurrences] == list(whole.occurrences)
    assert all(len(part.raws) == 1 or sum(map(len, part.raws)) <= most for part in found)


def test_equal_pieces_are_numbered():
    assert list(occurrences_of([b"a", b"b", b"a", b"a"])) == [0, 0, 1, 2]
    assert list(occurrences_of([b"a", b"b"])) == []


def test_what_was_appended_is_read_in_order_across_files(tmp_path):
    log, reader = SegmentLog(tmp_path, SMALL), SegmentReader(tmp_path, STORAGE, (STORAGE,))
    for number in range(20):
        log.append([payload(b"%d" % number), payload(b"%d again" % number)])
    assert len(segments_in(tmp_path)) > 3
    found = reader.read(1000, 0)
    assert raws_of(found) == [text for n in range(20) for text in (b"%d" % n, b"%d again" % n)]
    assert [item.position for item in found] == list(range(1, 41))
    assert reader.read(1000, 0) == []


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


def test_a_full_queue_refuses_until_processing_has_caught_up(tmp_path):
    limits = QueueLimits(most_bytes=2_000, segment_bytes=400, free_bytes=0)
    log, reader = SegmentLog(tmp_path, limits), SegmentReader(tmp_path, STORAGE, (STORAGE,))
    taken = 0
    with pytest.raises(QueueFull, match="YUI_SOC_QUEUE_BYTES"):
        while taken < 100:
            log.append([payload(b"%03d" % taken)])
            taken += 1
    found = reader.read(1000, 0)
    assert raws_of(found) == [b"%03d" % number for number in range(taken)]
    reader.commit(found[-1].position)
    log.append([payload(b"again")])
    assert raws_of(reader.read(1000, 0)) == [b"again"]


def test_a_disk_nearly_full_is_left_to_the_others(tmp_path):
    log = SegmentLog(tmp_path, QueueLimits(free_bytes=1 << 62))
    with pytest.raises(QueueDiskFull, match="空き容量"):
        log.append([payload(b"x")])
    assert raws_of(SegmentReader(tmp_path, STORAGE, (STORAGE,)).read(10, 0)) == []


FILL = """
import resource, sys
from pathlib import Path
from yui.security.soc.queue.contract import DETECTION, STORAGE
from yui.security.soc.queue.deliveries import Delivery, encode
from yui.security.soc.queue.errors import QueueRefused
from yui.security.soc.queue.log import QueueLimits, SegmentLog
resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))
log = SegmentLog(Path(sys.argv[1]), QueueLimits(free_bytes=0))
taken, refused = [], 0
for number in range(60):
    raw = b"%04d" % number * 100
    try:
        log.append([encode(Delivery("131032", "s", "hec", 1, [raw]))])
        taken.append(raw[:4].decode())
    except QueueRefused:
        refused += 1
print(len(taken), refused, ",".join(taken))
"""


def test_a_write_that_fails_in_the_middle_leaves_nothing_behind(tmp_path):
    # A file may not grow beyond 6,000 bytes: the write itself fails, as on a full disk.
    told = subprocess.run(
        [sys.executable, "-c", FILL, str(tmp_path)], capture_output=True, text=True, check=True
    )
    taken, refused, names = told.stdout.split()
    assert int(taken) + int(refused) == 60
    assert int(refused) > 0
    log, reader = (
        SegmentLog(tmp_path, QueueLimits(free_bytes=0)),
        SegmentReader(tmp_path, STORAGE, (STORAGE,)),
    )
    log.append([payload(b"room again")])
    found = raws_of(reader.read(1000, 0))
    assert [raw[:4].decode() for raw in found[:-1]] == names.split(",")
    assert found[-1] == b"room again"
    assert reader.damaged == 0


def test_a_failed_synchronisation_is_not_acknowledged(tmp_path, monkeypatch):
    log, reader = SegmentLog(tmp_path, SMALL), SegmentReader(tmp_path, STORAGE, (STORAGE,))
    log.append([payload(b"before")])

    def fail(file):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fdatasync", fail)
        with pytest.raises(QueueDiskFull, match="Input/output error"):
            log.append([payload(b"lost")])
    log.append([payload(b"after")])
    assert raws_of(reader.read(10, 0)) == [b"before", b"after"]


KILLED = """
import sys
from pathlib import Path
from yui.security.soc.queue.contract import DETECTION, STORAGE
from yui.security.soc.queue.deliveries import Delivery, encode
from yui.security.soc.queue.log import QueueLimits, SegmentLog
log = SegmentLog(Path(sys.argv[1]), QueueLimits(segment_bytes=20_000, free_bytes=0))
number = int(sys.argv[2])
while True:
    raws = [b"%09d" % n * 20 for n in range(number, number + 3)]
    log.append([encode(Delivery("131032", "s", "hec", 1, [raw])) for raw in raws])
    number += 3
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path):
    begin, acknowledged = 0, []
    for turn in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path), str(begin)], stdout=subprocess.PIPE, text=True
        )
        told = [writer.stdout.readline()]
        time.sleep(0.02 * turn)
        writer.send_signal(signal.SIGKILL)
        told += writer.stdout.read().splitlines()
        writer.wait()
        last = int(told[-1])
        acknowledged += range(begin, last)
        begin = last + 100
    SegmentLog(tmp_path, QueueLimits(free_bytes=0)).close()
    reader = SegmentReader(tmp_path, STORAGE, (STORAGE,))
    found = [int(raw[:9]) for raw in raws_of(reader.read(10**9, 0))]
    assert len(found) == len(set(found))
    assert set(acknowledged) <= set(found)
    assert reader.damaged == 0


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
