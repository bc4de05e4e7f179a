"""The embedded queue for asyncio: what arrives while the disk synchronises goes with the next synchronisation."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from yui.security.soc.queue.deliveries import Delivery, encode
from yui.security.soc.queue.errors import DeliveryTooLarge, QueueFull, QueueRefused
from yui.security.soc.queue.log import QueueLimits, SegmentLog

MOST_WAITING_BYTES = 256 * 1024 * 1024
LARGEST_RECORD = (1 << 31) - 1


class EmbeddedQueue:
    """Appends deliveries in groups, each group synchronised once (group commit)."""

    def __init__(self, folder: Path, limits: QueueLimits | None = None) -> None:
        self._log = SegmentLog(folder, limits)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="queue")
        self._waiting: list[tuple[bytes, asyncio.Future[int]]] = []
        self._waiting_bytes = 0
        self._flushing: asyncio.Task[None] | None = None

    @property
    def held_bytes(self) -> int:
        """What the queue holds on the disk, about."""
        return self._log.held_bytes

    async def append(self, delivery: Delivery) -> int:
        """Take a delivery; return its number once it is on the disk.

        Raises:
            QueueRefused: when it was not taken.
            DeliveryTooLarge: when it can never be taken.
        """
        payload = encode(delivery)
        if len(payload) > LARGEST_RECORD:
            raise DeliveryTooLarge(len(payload), LARGEST_RECORD)
        if self._waiting_bytes + len(payload) > MOST_WAITING_BYTES:
            raise QueueFull(self._waiting_bytes, MOST_WAITING_BYTES)
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append((payload, future))
        self._waiting_bytes += len(payload)
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
        loop = asyncio.get_running_loop()
        while self._waiting:
            group, self._waiting, self._waiting_bytes = self._waiting, [], 0
            payloads = [payload for payload, _future in group]
            try:
                numbers = await loop.run_in_executor(self._thread, self._log.append, payloads)
            except QueueRefused as refused:
                await self._one_by_one(group, refused)
                continue
            except Exception as error:
                # Whatever went wrong, nobody may wait for ever, and nobody may believe it was taken.
                for _payload, future in group:
                    if not future.done():
                        future.set_exception(error)
                raise
            for (_payload, future), number in zip(group, numbers, strict=True):
                if not future.done():
                    future.set_result(number)

    async def _one_by_one(
        self, group: list[tuple[bytes, "asyncio.Future[int]"]], refused: QueueRefused
    ) -> None:
        """Let everyone of a refused group know; alone, a smaller one of them may still have room."""
        loop = asyncio.get_running_loop()
        for payload, future in group:
            if future.done():
                continue
            try:
                if len(group) == 1:
                    raise refused
                number = (await loop.run_in_executor(self._thread, self._log.append, [payload]))[0]
            except QueueRefused as error:
                future.set_exception(error)
            else:
                future.set_result(number)
