"""Who may send, and whose it is: a token, a client certificate or an address, bound to one ward."""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_address


class Protocol(StrEnum):
    """What a sender may speak."""

    SYSLOG = "syslog"
    HEC = "hec"
    OTLP = "otlp"
    ELASTIC = "elastic"


@dataclass(frozen=True, slots=True)
class Sender:
    """One registered sender. Its ward comes from here alone, never from what it sends.

    Attributes:
        identifier: stable name of the sender, kept with every event.
        ward: code of the ward it belongs to.
        protocols: what it may speak.
        token_sha256: SHA-256 of its token, lower-case hexadecimal; empty where it has none.
        certificate_sha256: SHA-256 of its client certificate (DER), lower-case hexadecimal; empty likewise.
        network: addresses from which plain syslog of a closed network counts as this sender's.
    """

    identifier: str
    ward: str
    protocols: frozenset[Protocol]
    token_sha256: str = ""
    certificate_sha256: str = ""
    network: IPv4Network | IPv6Network | None = None


SenderSource = Callable[[], Iterable[Sender]]


class SenderBook:
    """The senders of one moment, found by what they prove themselves with."""

    def __init__(self, senders: Iterable[Sender] = ()) -> None:
        self._by_token: dict[str, Sender] = {}
        self._by_certificate: dict[str, Sender] = {}
        self._networks: list[Sender] = []
        self._all = frozenset(senders)
        for sender in self._all:
            if sender.token_sha256:
                self._by_token[sender.token_sha256] = sender
            if sender.certificate_sha256:
                self._by_certificate[sender.certificate_sha256] = sender
            if sender.network is not None:
                self._networks.append(sender)
        # The narrowest network that holds an address says whose it is.
        self._networks.sort(key=lambda one: one.network.prefixlen if one.network else 0, reverse=True)

    def __len__(self) -> int:
        return len(self._all)

    def holds(self, sender: Sender) -> bool:
        """Return whether a sender found earlier is still registered just so."""
        return sender in self._all

    def by_token(self, token: str, protocol: Protocol) -> Sender | None:
        """Return the sender of a token, if it may speak ``protocol``.

        Only digests are compared, so the time taken tells nothing about how near a guess was.
        """
        digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
        sender = self._by_token.get(digest)
        if sender is None or not hmac.compare_digest(sender.token_sha256, digest):
            return None
        return sender if protocol in sender.protocols else None

    def by_certificate(self, der: bytes, protocol: Protocol) -> Sender | None:
        """Return the sender of a client certificate that the TLS layer has verified."""
        sender = self._by_certificate.get(hashlib.sha256(der).hexdigest())
        return sender if sender is not None and protocol in sender.protocols else None

    def by_address(self, address: str, protocol: Protocol) -> Sender | None:
        """Return the sender to whose network an address belongs, the narrowest network first."""
        try:
            peer = ip_address(address)
        except ValueError:
            return None
        mapped = getattr(peer, "ipv4_mapped", None)
        peer = mapped or peer
        for sender in self._networks:
            if sender.network is not None and peer in sender.network and protocol in sender.protocols:
                return sender
        return None
