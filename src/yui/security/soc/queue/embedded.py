"""The embedded queue for asyncio: what arrives while the disk synchronises goes with the next time."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from yui.security.soc.queue.deliveries import Delivery, encode
from yui.security.soc.queue.errors import DeliveryTooLarge, QueueFull, QueueRefused
from yui.security.soc.queue.log import QueueLimits, SegmentLog

MOST_WAITING_BYTES = 256 * 1024 * 1024
LARGEST_RECORD = (1 << 31) - 1

Waiting = tuple[list[bytes], asyncio.Future[int]]


class EmbeddedQueue:
    """Appends deliveries in groups, each group synchronised once (group commit)."""

    def __init__(self, folder: Path, limits: QueueLimits | None = None) -> None:
        self._log = SegmentLog(folder, limits)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="queue")
        self._waiting: list[Waiting] = []
        self._waiting_bytes = 0
        self._flushing: asyncio.Task[None] | None = None

    @property
    def held_bytes(self) -> int:
        """What the queue holds on the disk, about."""
        return self._log.held_bytes

    async def append(self, *deliveries: Delivery) -> int:
        """Take all deliveries or none; return the last one's number once all are on the disk.

        Raises:
            QueueRefused: when they were not taken.
            DeliveryTooLarge: when they can never be taken.
        """
        payloads = [encode(delivery) for delivery in deliveries]
        size = sum(map(len, payloads))
        if size > LARGEST_RECORD:
            raise DeliveryTooLarge(size, LARGEST_RECORD)
        if self._waiting_bytes + size > MOST_WAITING_BYTES:
            raise QueueFull(self._waiting_bytes, MOST_WAITING_BYTES)
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append((payloads, future))
        self._waiting_bytes += size
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        return await future

    async def close(self) -> None:
        """Write what waits, then let another writer in."""
        if self._flushing is not None:
            await self._flushing
        self._thread.shutdown()
        self._log.close()

    async def _flush(self) -> None:
        while self._waiting:
            group, self._waiting, self._waiting_bytes = self._waiting, [], 0
            try:
                await self._write(group)
            except QueueRefused as refused:
                if len(group) == 1:
                    _tell(group, refused)
                # Alone, a smaller one of a refused group may still have room.
                for one in group if len(group) > 1 else ():
                    await self._write_alone(one)
            except Exception as error:
                # Whatever went wrong, nobody may wait for ever, and nobody may believe it was taken.
                _tell(group, error)
                raise

    async def _write(self, group: list[Waiting]) -> None:
        payloads = [payload for payloads, _future in group for payload in payloads]
        loop = asyncio.get_running_loop()
        numbers = iter(await loop.run_in_executor(self._thread, self._log.append, payloads))
        for own, future in group:
            last = [next(numbers) for _payload in own][-1]
            if not future.done():
                future.set_result(last)

    async def _write_alone(self, waiting: Waiting) -> None:
        try:
            await self._write([waiting])
        except QueueRefused as refused:
            _tell([waiting], refused)


def _tell(group: list[Waiting], error: Exception) -> None:
    for _payloads, future in group:
        if not future.done():
            future.set_exception(error)
