"""The queue on NATS JetStream keeps the embedded queue's contract."""

import asyncio
import shutil
import socket
import subprocess
import time

import pytest

from yui.security.soc.queue.contract import DETECTION, STORAGE
from yui.security.soc.queue.deliveries import Delivery, occurrences_of
from yui.security.soc.queue.errors import DeliveryTooLarge, QueueFull, QueueUnreachable
from yui.security.soc.queue.jetstream import JetStreamQueue, JetStreamReader

pytest.importorskip("nats", reason="nats-py is not installed: pip install 'yui-platform[nats]'")

MOST = 10_000_000


def delivery(*raws: bytes) -> Delivery:
    return Delivery("131032", "sender-1", "hec", 1, list(raws), occurrences_of(raws))


def raws_of(queued) -> list[bytes]:
    return [raw for item in queued for raw in item.delivery.raws]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(tmp_path):
    """A private NATS server with JetStream; its address."""
    program = shutil.which("nats-server")
    if program is None:
        pytest.skip("nats-server is not installed (apt install nats-server)")
    port = free_port()
    process = subprocess.Popen(
        [program, "-js", "-sd", str(tmp_path / "nats"), "-a", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _attempt in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        yield f"nats://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def append(address, deliveries, most=MOST):
    async def work():
        queue = await JetStreamQueue.connect(address, most)
        try:
            return await asyncio.gather(*(queue.append(one) for one in deliveries), return_exceptions=True)
        finally:
            await queue.close()

    return asyncio.run(work())


def test_what_was_appended_is_read_and_a_new_reader_begins_after_the_last_commit(server):
    numbers = append(server, [delivery(b"%d" % number) for number in range(6)])
    assert sorted(numbers) == list(range(1, 7))
    reader = JetStreamReader(server, STORAGE, (STORAGE,))
    found = reader.read(100, 5)
    assert sorted(raws_of(found)) == [b"%d" % number for number in range(6)]
    reader.commit(found[2].position)
    reader.close()
    reader = JetStreamReader(server, STORAGE, (STORAGE,))
    again = reader.read(100, 5)
    assert raws_of(again) == raws_of(found)[3:]
    reader.commit(again[-1].position)
    assert reader.read(100, 0.05) == []
    reader.close()


def test_each_reader_gets_everything_and_room_is_made_when_both_are_done(server):
    fits = 0
    while isinstance(append(server, [delivery(b"x" * 500)], most=20_000)[0], int):
        fits += 1
    readers = [JetStreamReader(server, name) for name in (DETECTION, STORAGE)]
    for number, reader in enumerate(readers):
        found = reader.read(1000, 5)
        assert len(raws_of(found)) == fits
        reader.commit(found[-1].position)
        is_taken = isinstance(append(server, [delivery(b"y" * 500)], most=20_000)[0], int)
        assert is_taken == (number == 1)
    for reader in readers:
        assert raws_of(reader.read(1000, 5)) == [b"y" * 500]
        reader.close()


def test_a_large_request_travels_in_parts_and_keeps_its_occurrences(server):
    raws = [b"%03d" % (number % 7) * 40_000 for number in range(20)]
    append(server, [delivery(*raws)])
    reader = JetStreamReader(server, STORAGE, (STORAGE,))
    found = reader.read(1000, 5)
    assert len(found) > 2
    assert raws_of(found) == raws
    assert [n for item in found for n in item.delivery.occurrences] == list(occurrences_of(raws))
    reader.close()


def test_a_full_stream_refuses(server):
    answers = append(server, [delivery(b"%03d" % number * 100) for number in range(100)], most=10_000)
    refused = [answer for answer in answers if isinstance(answer, QueueFull)]
    taken = [answer for answer in answers if isinstance(answer, int)]
    assert refused
    assert len(refused) + len(taken) == 100
    reader = JetStreamReader(server, STORAGE, (STORAGE,))
    assert len(raws_of(reader.read(1000, 5))) == len(taken)
    reader.close()


def test_an_event_larger_than_the_server_takes_is_told_apart(server):
    assert isinstance(append(server, [delivery(b"x" * 2_000_000)])[0], DeliveryTooLarge)


def test_a_server_that_is_not_there_is_told():
    with pytest.raises(QueueUnreachable, match="JetStream"):
        append(f"nats://127.0.0.1:{free_port()}", [])
