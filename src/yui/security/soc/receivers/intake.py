"""The one way from a receiver into the queue: whose it is, what is kept aside, what is counted."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import orjson

from yui.security.soc.engine.records import Rejected
from yui.security.soc.queue.contract import EventQueue
from yui.security.soc.queue.deliveries import Delivery, occurrences_of
from yui.security.soc.queue.errors import DeliveryTooLarge, QueueRefused
from yui.security.soc.receivers.counters import Counters
from yui.security.soc.receivers.limits import ReceiverLimits
from yui.security.soc.receivers.senders import Protocol, Sender, SenderBook

REJECTED = "rejected"
"""Wire format of deliveries whose pieces are ``Rejected`` as JSON: processing keeps them aside."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a request's pieces.

    Attributes:
        events: how many were durably taken.
        rejected: the others, with their numbers in the request.
    """

    events: int
    rejected: tuple[tuple[int, Rejected], ...] = ()


def microseconds_now() -> int:
    """Return the time as microseconds since 1970-01-01 UTC."""
    return time.time_ns() // 1000


class Intake:
    """What all receivers share.

    Attributes:
        book: the senders of this moment; replaced as a whole when they change.
        in_flight: bytes of bodies held now.
    """

    def __init__(
        self,
        queue: EventQueue,
        counters: Counters,
        limits: ReceiverLimits,
        clock: Callable[[], int] = microseconds_now,
    ) -> None:
        self.book = SenderBook()
        self.counters = counters
        self.limits = limits
        self.in_flight = 0
        self._queue = queue
        self._clock = clock

    async def take(
        self,
        sender: Sender,
        protocol: Protocol,
        wire_format: str,
        pieces: Iterable[bytes | Rejected],
        context: Mapping[str, str] | None = None,
    ) -> Taken:
        """Put the pieces of a request into the queue, the rejected ones aside; return when all are durable.

        Raises:
            QueueRefused: when nothing may be acknowledged; what was taken by then is recognised when it comes
                again.
        """
        raws, rejected = self._sorted(pieces)
        count, received = len(raws) + len(rejected), self._clock()
        self.counters.received.labels(protocol).inc(count)
        deliveries = []
        if raws:
            occurrences = occurrences_of(raws)
            has_answer = protocol is not Protocol.SYSLOG
            deliveries.append(
                Delivery(
                    sender.ward,
                    sender.identifier,
                    wire_format,
                    received,
                    raws,
                    occurrences,
                    context or {},
                    acknowledged=has_answer,
                )
            )
        if rejected:
            kept = [orjson.dumps(tuple(one)) for _number, one in rejected]
            deliveries.append(Delivery(sender.ward, sender.identifier, REJECTED, received, kept))
        try:
            if deliveries:
                await self._queue.append(*deliveries)
        except DeliveryTooLarge as error:
            self.counters.refused.labels(protocol, "too_large").inc(count)
            raise QueueRefused(str(error)) from error
        except QueueRefused as error:
            self.counters.refused.labels(protocol, error.reason).inc(count)
            raise
        for _number, one in rejected:
            self.counters.rejected.labels(protocol, one.reason).inc()
        self.counters.acknowledged.labels(protocol).inc(len(raws))
        return Taken(len(raws), tuple(rejected))

    def _sorted(self, pieces: Iterable[bytes | Rejected]) -> tuple[list[bytes], list[tuple[int, Rejected]]]:
        raws: list[bytes] = []
        rejected: list[tuple[int, Rejected]] = []
        for number, piece in enumerate(pieces):
            if isinstance(piece, Rejected):
                rejected.append((number, piece))
            else:
                raws.append(piece)
        return raws, rejected
