"""The queue on NATS JetStream: what more than one machine needs.

Each reader is a durable pull consumer with explicit acknowledgement; what all readers have acknowledged is
purged. A full stream refuses new messages (``DiscardPolicy.NEW``) instead of dropping old ones. How safe a
confirmed message is against a power cut is the server's setting: replicas, or ``sync_interval: always``.
"""

import asyncio
import threading
from collections.abc import Coroutine, Sequence
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any, TypeVar
from uuid import uuid4

import nats
from nats.errors import Error
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DeliverPolicy,
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)
from nats.js.errors import APIError, NotFoundError

from yui.security.soc.queue.contract import READERS, STORAGE, Queued
from yui.security.soc.queue.deliveries import Delivery, decode, encode, parts
from yui.security.soc.queue.errors import DeliveryTooLarge, QueueFull, QueueRecordDamaged, QueueUnreachable

STREAM = "yui-soc-events"
SUBJECT = "yui.soc.events"
PUBLISH_SECONDS = 5.0
CONNECT_SECONDS = 3.0
ATTEMPTS = 3
HEAD_ALLOWANCE = 64 * 1024
MESSAGES_AT_ONCE = 64
FULL_CODES = (10077, 10047)

T = TypeVar("T")


async def _connect(address: str) -> Any:
    """Return a connection that keeps trying to come back.

    Raises:
        QueueUnreachable: when the server does not answer.
    """
    try:
        # Reconnecting never gives up, and the client counts the first try as one of these: it gets a limit.
        connecting = nats.connect(address, connect_timeout=CONNECT_SECONDS, max_reconnect_attempts=-1)
        return await asyncio.wait_for(connecting, CONNECT_SECONDS)
    except (OSError, Error) as error:
        raise QueueUnreachable(address, str(error) or type(error).__name__) from error


async def _ensure_stream(context: Any, address: str, most_bytes: int) -> None:
    wanted = StreamConfig(
        name=STREAM,
        subjects=[SUBJECT],
        retention=RetentionPolicy.LIMITS,
        discard=DiscardPolicy.NEW,
        storage=StorageType.FILE,
        max_bytes=most_bytes,
        duplicate_window=120,
    )
    try:
        await context.add_stream(wanted)
    except Error as error:
        raise QueueUnreachable(address, str(error)) from error


class JetStreamQueue:
    """The receivers' end: publishes, and returns when the server has confirmed."""

    def __init__(self, connection: Any, address: str, most_bytes: int) -> None:
        self._connection, self._address, self._most_bytes = connection, address, most_bytes
        self._context = connection.jetstream()

    @classmethod
    async def connect(cls, address: str, most_bytes: int) -> "JetStreamQueue":
        """Connect, and make the stream where it is missing.

        Raises:
            QueueUnreachable: when the server does not answer or has no JetStream.
        """
        queue = cls(await _connect(address), address, most_bytes)
        await _ensure_stream(queue._context, address, most_bytes)
        return queue

    async def append(self, *deliveries: Delivery) -> int:
        """Take deliveries; return the number of the last message once the server has confirmed all.

        Raises:
            QueueFull: when the stream may hold no more.
            QueueUnreachable: when the server did not confirm; a part may have been taken, and a repeated
                request is recognised by its events.
            DeliveryTooLarge: when one event is larger than the server's ``max_payload``.
        """
        limit = self._connection.max_payload - HEAD_ALLOWANCE
        position = 0
        payloads = [encode(part) for delivery in deliveries for part in parts(delivery, limit)]
        largest = max(map(len, payloads), default=0)
        if largest > self._connection.max_payload:
            raise DeliveryTooLarge(largest, self._connection.max_payload)
        for payload in payloads:
            position = await self._publish(payload)
        return position

    async def close(self) -> None:
        """Send what waits and close the connection."""
        await self._connection.close()

    async def _publish(self, payload: bytes) -> int:
        # One number for all attempts: the server drops what it has, never what merely looks the same.
        headers = {"Nats-Msg-Id": uuid4().hex}
        reason = ""
        for _attempt in range(ATTEMPTS):
            try:
                confirmed = await self._context.publish(
                    SUBJECT, payload, timeout=PUBLISH_SECONDS, stream=STREAM, headers=headers
                )
                return int(confirmed.seq)
            except APIError as error:
                if error.err_code in FULL_CODES:
                    raise QueueFull(self._most_bytes, self._most_bytes) from error
                reason = str(error)
            except (OSError, TimeoutError, Error) as error:
                reason = str(error) or type(error).__name__
        raise QueueUnreachable(self._address, reason)


class JetStreamReader:
    """Processing's end: a pull consumer of its own, run by an event loop in a thread.

    The consumer is made anew at start behind what it had acknowledged, so that the rest comes at once
    instead of after the acknowledgement's time limit.

    Args:
        address: of the server.
        name: which reader this is.
        readers: all readers; what all of them have acknowledged is purged.
    """

    def __init__(self, address: str, name: str = STORAGE, readers: Sequence[str] = READERS) -> None:
        """Connect.

        Raises:
            QueueUnreachable: when the server does not answer.
        """
        self._address, self._name, self._readers = address, name, readers
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="jetstream", daemon=True)
        self._thread.start()
        self._unacknowledged: list[tuple[int, Any]] = []
        self.damaged = 0
        self._run(self._subscribe(), CONNECT_SECONDS * 3)

    def read(self, most_events: int, wait_seconds: float) -> list[Queued]:
        """Return the next deliveries, up to about ``most_events`` events; wait for the first one."""
        found: list[Queued] = []
        events = 0
        while events < most_events:
            messages = self._run(self._fetch(0.01 if found else wait_seconds), wait_seconds + CONNECT_SECONDS)
            for message in messages:
                position = message.metadata.sequence.stream
                self._unacknowledged.append((position, message))
                try:
                    delivery = decode(message.data)
                except QueueRecordDamaged:
                    self.damaged += 1
                    continue
                events += len(delivery.raws)
                found.append(Queued(position, delivery))
            if len(messages) < MESSAGES_AT_ONCE:
                break
        return found

    def commit(self, position: int) -> None:
        """Acknowledge the messages up to ``position``."""
        done = [message for number, message in self._unacknowledged if number <= position]
        self._unacknowledged = [pair for pair in self._unacknowledged if pair[0] > position]
        if done:
            self._run(self._acknowledge(done), CONNECT_SECONDS * 2)

    def close(self) -> None:
        """Close the connection and end the thread."""
        self._run(self._connection.close(), CONNECT_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CONNECT_SECONDS)
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T], seconds: float) -> T:
        try:
            return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)
        except (OSError, Error, FutureTimeout) as error:
            raise QueueUnreachable(self._address, str(error) or type(error).__name__) from error

    async def _subscribe(self) -> None:
        self._connection = await _connect(self._address)
        self._context = self._connection.jetstream()
        acknowledged = await self._acknowledged_by(self._name)
        if acknowledged is not None:
            await self._context.delete_consumer(STREAM, self._name)
        self._subscription = await self._context.pull_subscribe(
            SUBJECT,
            durable=self._name,
            stream=STREAM,
            config=ConsumerConfig(
                ack_policy=AckPolicy.EXPLICIT,
                ack_wait=300,
                max_ack_pending=20_000,
                deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
                opt_start_seq=(acknowledged or 0) + 1,
            ),
        )

    async def _acknowledged_by(self, name: str) -> int | None:
        """Return up to where a reader has acknowledged; None where there is none yet."""
        try:
            state = await self._context.consumer_info(STREAM, name)
        except NotFoundError:
            return None
        return int(state.ack_floor.stream_seq) if state.ack_floor else 0

    async def _fetch(self, wait_seconds: float) -> list[Any]:
        try:
            return list(await self._subscription.fetch(MESSAGES_AT_ONCE, timeout=max(wait_seconds, 0.01)))
        except TimeoutError:
            return []

    async def _acknowledge(self, messages: list[Any]) -> None:
        for message in messages[:-1]:
            await message.ack()
        # One connection keeps the order: when the last is confirmed, the others have arrived.
        await messages[-1].ack_sync()
        finished = min([await self._acknowledged_by(name) or 0 for name in self._readers])
        if finished:
            await self._context.purge_stream(STREAM, seq=finished + 1)
