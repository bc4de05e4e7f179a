"""How much of what the receivers take; beyond it they answer with a reason, and count."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReceiverLimits:
    """Bounds on requests and connections.

    Attributes:
        body_bytes: longest body of one request after unpacking (413).
        packed_bytes: longest body as it comes over the wire (413).
        event_bytes: longest single event; a longer one is kept aside with its reason.
        in_flight_bytes: of all bodies held at one moment; beyond it 429.
        connections: open at one moment, HTTP and syslog each.
        connections_per_address: of them from one address.
        header_seconds: until the head of a request is complete, and until an idle connection is closed.
        body_seconds: until the body of a request is complete (408).
        frame_seconds: until a begun syslog message is complete.
        channels: HEC channels whose acknowledgement numbers are remembered.
    """

    body_bytes: int = 64 * MEBIBYTE
    packed_bytes: int = 32 * MEBIBYTE
    event_bytes: int = MEBIBYTE
    in_flight_bytes: int = 512 * MEBIBYTE
    connections: int = 2_000
    connections_per_address: int = 500
    header_seconds: float = 30.0
    body_seconds: float = 60.0
    frame_seconds: float = 120.0
    channels: int = 10_000
