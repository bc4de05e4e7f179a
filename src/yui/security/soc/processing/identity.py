"""The sixteen bytes by which an event is known, so that taking it twice has the effect of once."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from yui.security.soc.event_store.known_ids import ID_BYTES
from yui.security.soc.queue.contract import Queued


class DeliveryIds:
    """Identifiers of the events of one delivery.

    An identifier is the first 128 bits of SHA-256 over ward, sender, the piece as it came, and

    - where the protocol acknowledges: how many equal pieces stand before it in the same request. A request
      that is sent again (nobody heard the answer) gives the same identifiers; equal lines of one request
      stay apart. Equal pieces of two requests are one event: senders stamp what they send, and one that
      does not cannot be told from one that repeats itself.
    - where it does not (syslog): the place in the queue. Nothing is ever sent twice on purpose there, and
      equal messages are different events.

    A number that the sender gives (Elastic's ``_id``) is part of the piece. It does not stand alone:
    Windows record numbers begin again when a log is cleared, and a reused number must not make another
    event vanish.
    """

    def __init__(self, queued: Queued) -> None:
        position, delivery = queued
        self._occurrences = delivery.occurrences
        self._position = b"" if delivery.acknowledged else b"%d." % position
        head = f"{delivery.ward}\n{delivery.sender}\n{delivery.wire_format}\n"
        self._begun: Any = hashlib.sha256(head.encode("utf-8", "surrogatepass"))
        if not self._position and not self._occurrences:
            # Most requests: all pieces differ, none stands before its equal.
            self._begun.update(b"0\n")

    def of(self, number: int, raw: bytes) -> bytes:
        """Return the identifier of piece ``number``."""
        digest = self._begun.copy()
        if self._position:
            digest.update(b"%b%d\n" % (self._position, number))
        elif self._occurrences:
            digest.update(b"%d\n" % self._occurrences[number])
        digest.update(raw)
        found: bytes = digest.digest()
        return found[:ID_BYTES]

    def all(self, numbers: Iterable[int], raws: Sequence[bytes]) -> list[bytes]:
        """Return the identifiers of some pieces of a delivery.

        Args:
            raws: all its pieces.
        """
        if self._position or self._occurrences:
            return [self.of(number, raws[number]) for number in numbers]
        found, begun = [], self._begun
        for number in numbers:
            digest = begun.copy()
            digest.update(raws[number])
            found.append(digest.digest()[:ID_BYTES])
        return found


class Identified(Protocol):
    """Something that knows the identifier of its event."""

    @property
    def event_id(self) -> bytes:
        """The event's identifier."""
        ...


class Known(NamedTuple):
    """An identifier that was worked out; the piece itself need not be kept for it any more."""

    event_id: bytes


class Piece(NamedTuple):
    """Where an event stands in its delivery; its identifier is worked out when somebody asks."""

    ids: DeliveryIds
    number: int
    raw: bytes

    @property
    def event_id(self) -> bytes:
        """The event's identifier."""
        return self.ids.of(self.number, self.raw)
