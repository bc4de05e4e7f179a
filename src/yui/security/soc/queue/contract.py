"""What receivers and processing may count on, whatever queue stands between them."""

from typing import NamedTuple, Protocol

from yui.security.soc.queue.deliveries import Delivery


class Queued(NamedTuple):
    """A delivery and its number in the queue; numbers only grow."""

    position: int
    delivery: Delivery


class EventQueue(Protocol):
    """The receivers' end."""

    async def append(self, *deliveries: Delivery) -> int:
        """Take deliveries; return the last one's number once none of them can be lost any more.

        Raises:
            QueueRefused: when nothing may be acknowledged. The embedded queue has then taken nothing;
                JetStream may have taken a part, which is recognised when it comes again.
            DeliveryTooLarge: when one of the events can never be taken.
        """
        ...

    async def close(self) -> None:
        """Finish what was begun."""
        ...


DETECTION, STORAGE = "detection", "storage"
READERS = (DETECTION, STORAGE)
"""Who reads the queue: each everything, at its own pace. What both have committed is removed."""


class QueueReader(Protocol):
    """Processing's end. A new reader begins after the last number that it committed.

    Attributes:
        damaged: how many records did not read back.
    """

    damaged: int

    def read(self, most_events: int, wait_seconds: float) -> list[Queued]:
        """Return the next deliveries, up to about ``most_events`` events; wait for the first one."""
        ...

    def commit(self, position: int) -> None:
        """Never give the deliveries up to ``position`` to this reader again."""
        ...

    def close(self) -> None:
        """Let another reader in."""
        ...
