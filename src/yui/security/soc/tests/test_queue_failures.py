"""The embedded queue when it is full, when the disk is, and when its writer is killed."""

import errno
import os
import signal
import subprocess
import sys
import time

import pytest

from yui.security.soc.queue.contract import STORAGE
from yui.security.soc.queue.errors import (
    QueueDiskFull,
    QueueFull,
)
from yui.security.soc.queue.log import QueueLimits, SegmentLog
from yui.security.soc.queue.reading import SegmentReader
from yui.security.soc.tests.queue_parts import SMALL, payload, raws_of

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
