"""``yui soc receive`` on a disk that is full to the last byte: database, queue and lake lie on it.

A sender that keeps what was not acknowledged, and repeats it, loses and doubles nothing.
"""

import time

import pytest
from django.db import connection

from yui.kernel.policy import Actor
from yui.security.soc.operations.senders.register_sender import SenderFacts, register_sender
from yui.security.soc.tests.processing_parts import event
from yui.security.soc.tests.small_disks import MEBIBYTE, filled, mounted
from yui.security.soc.tests.test_receive_kill import Installation

SIZE = 64 * MEBIBYTE
PER_REQUEST = 50
PADDING = "x" * 2_000


@pytest.fixture
def disk(tmp_path):
    with mounted(tmp_path / "disk", SIZE) as folder:
        yield folder


@pytest.fixture
def installation(transactional_db, disk, minato, soc):
    if connection.vendor != "sqlite":
        pytest.skip("the command runs on a copy of the test's database, which only SQLite gives")
    token = register_sender(
        Actor.system("test"), ward=minato, facts=SenderFacts("試験", "token", ("hec",))
    ).token
    made = Installation(disk / "home", token)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.process.kill()
        made.process.wait()


def request_of(turn: int) -> bytes:
    numbers = range(turn * PER_REQUEST, (turn + 1) * PER_REQUEST)
    return b"".join(event("calc.exe", number, padding=PADDING) for number in numbers)


def test_what_a_full_disk_refused_is_taken_later_and_the_rest_is_not_lost(installation, disk):
    installation.start()
    for turn in range(4):
        installation.post_until_taken(request_of(turn))
    with filled(disk):
        answers = {turn: installation.post(request_of(turn)) for turn in range(4, 14)}
        # The processing that began before goes on failing for a while.
        time.sleep(3)
    refused = [turn for turn, is_taken in answers.items() if not is_taken]
    assert refused
    for turn in [*refused, 14]:
        installation.post_until_taken(request_of(turn))
    until = time.monotonic() + 90
    while len(installation.stored()) < 15 * PER_REQUEST and time.monotonic() < until:
        time.sleep(0.3)
    installation.stop()
    told = (installation.home / "log").read_text()[-3000:]
    assert installation.stored() == list(range(15 * PER_REQUEST)), told
