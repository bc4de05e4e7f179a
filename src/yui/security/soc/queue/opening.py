"""Which queue: the embedded one, or NATS JetStream where ``YUI_SOC_QUEUE`` names a server."""

from pathlib import Path
from types import ModuleType

from yui.security.soc.queue.contract import EventQueue, QueueReader
from yui.security.soc.queue.embedded import EmbeddedQueue
from yui.security.soc.queue.errors import QueueUnreachable
from yui.security.soc.queue.log import QueueLimits
from yui.security.soc.queue.reading import SegmentReader


def is_jetstream(address: str) -> bool:
    """Return whether an address names a NATS server."""
    return address.startswith(("nats://", "tls://"))


def _jetstream(address: str) -> ModuleType:
    try:
        # nats-py is an optional dependency: installations with the embedded queue do not have it.
        from yui.security.soc.queue import jetstream
    except ModuleNotFoundError as error:
        raise QueueUnreachable(address, "pip install 'yui-platform[nats]'") from error
    return jetstream


async def open_queue(address: str, folder: Path, limits: QueueLimits) -> EventQueue:
    """Return the receivers' end of the queue; an empty address is the embedded queue in ``folder``.

    Raises:
        QueueUnreachable: when the server does not answer, or its client is not installed.
        QueueInUse: when another process writes to the folder.
    """
    if is_jetstream(address):
        queue: EventQueue = await _jetstream(address).JetStreamQueue.connect(address, limits.most_bytes)
        return queue
    return EmbeddedQueue(folder, limits)


def open_reader(address: str, folder: Path, name: str) -> QueueReader:
    """Return processing's end of the queue for one of ``contract.READERS``.

    Raises:
        QueueUnreachable: when the server does not answer, or its client is not installed.
        QueueInUse: when another process is this reader.
    """
    if is_jetstream(address):
        reader: QueueReader = _jetstream(address).JetStreamReader(address, name)
        return reader
    return SegmentReader(folder, name)
