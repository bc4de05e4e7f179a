"""Which queue: the embedded one, or NATS JetStream where ``YUI_SOC_QUEUE`` names a server."""

from pathlib import Path

from yui.security.soc.queue.contract import EventQueue, QueueReader
from yui.security.soc.queue.embedded import EmbeddedQueue
from yui.security.soc.queue.jetstream import JetStreamQueue, JetStreamReader
from yui.security.soc.queue.log import QueueLimits
from yui.security.soc.queue.reading import SegmentReader


def is_jetstream(address: str) -> bool:
    """Return whether an address names a NATS server."""
    return address.startswith(("nats://", "tls://"))


async def open_queue(address: str, folder: Path, limits: QueueLimits) -> EventQueue:
    """Return the receivers' end of the queue; an empty address is the embedded queue in ``folder``."""
    if is_jetstream(address):
        return await JetStreamQueue.connect(address, limits.most_bytes)
    return EmbeddedQueue(folder, limits)


def open_reader(address: str, folder: Path, name: str) -> QueueReader:
    """Return processing's end of the queue for one of ``contract.READERS``."""
    return JetStreamReader(address, name) if is_jetstream(address) else SegmentReader(folder, name)
