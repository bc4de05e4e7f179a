"""Receivers on free loopback ports for tests, in a thread of their own."""

import asyncio
import datetime
import hashlib
import socket
import threading
import time
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from yui.security.soc.queue.contract import STORAGE
from yui.security.soc.queue.log import QueueLimits
from yui.security.soc.queue.reading import SegmentReader
from yui.security.soc.receivers.counters import Counters
from yui.security.soc.receivers.limits import ReceiverLimits
from yui.security.soc.receivers.senders import Protocol, Sender
from yui.security.soc.receivers.serving import Port, Receivers, ReceiverSettings
from yui.security.soc.receivers.tls import TlsFiles

MINATO, SHINJUKU = "131032", "131041"
EVERYTHING = frozenset(Protocol)


def token_sender(identifier: str, ward: str, token: str, protocols=EVERYTHING) -> Sender:
    return Sender(identifier, ward, frozenset(protocols), hashlib.sha256(token.encode()).hexdigest())


def certificate_sender(identifier: str, ward: str, der: bytes, protocols=EVERYTHING) -> Sender:
    return Sender(identifier, ward, frozenset(protocols), certificate_sha256=hashlib.sha256(der).hexdigest())


def address_sender(identifier: str, ward: str, network: str) -> Sender:
    return Sender(identifier, ward, frozenset({Protocol.SYSLOG}), network=ip_network(network))


SENDERS = [
    token_sender("minato-token", MINATO, "minato-secret"),
    token_sender("shinjuku-token", SHINJUKU, "shinjuku-secret"),
    token_sender("only-hec", MINATO, "hec-secret", {Protocol.HEC}),
]
LOOPBACK = Port("127.0.0.1", 0)


@dataclass
class Running:
    """Open receivers; what they took is read with ``taken``."""

    folder: Path
    senders: list[Sender] = field(default_factory=lambda: list(SENDERS))
    limits: ReceiverLimits = field(default_factory=ReceiverLimits)
    queue_limits: QueueLimits = field(default_factory=lambda: QueueLimits(free_bytes=0))
    tls: TlsFiles | None = None
    options: dict[str, Any] = field(default_factory=dict)

    def __enter__(self) -> "Running":
        self.counters = Counters()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        settings = ReceiverSettings(
            self.folder,
            http=LOOPBACK,
            syslog=LOOPBACK,
            syslog_tls=LOOPBACK if self.tls else None,
            figures=LOOPBACK,
            tls=self.tls,
            queue_limits=self.queue_limits,
            limits=self.limits,
            refresh_seconds=0.2,
            **self.options,
        )
        self.receivers = Receivers(settings, lambda: self.senders, self.counters)
        self.run(self.receivers.open())
        self.ports = self.receivers.ports
        self._reader = None
        return self

    def __exit__(self, *_exception: object) -> None:
        self.run(self.receivers.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.ports['http']}"

    def taken(self, count: int | None = None, seconds: float = 20.0) -> list:
        """Every delivery so far; with ``count``, wait until that many pieces have come."""
        self._reader = self._reader or SegmentReader(self.folder, STORAGE, (STORAGE,))
        until = time.monotonic() + seconds
        self._all = getattr(self, "_all", [])
        while True:
            self._all += [item.delivery for item in self._reader.read(10**9, 0)]
            pieces = sum(len(one.raws) for one in self._all)
            if count is None or pieces >= count or time.monotonic() > until:
                return self._all
            time.sleep(0.02)

    def raws(self, count: int | None = None) -> list[bytes]:
        """The taken pieces that are events."""
        return [raw for one in self.taken(count) if one.wire_format != "rejected" for raw in one.raws]

    def figures(self) -> dict[str, float]:
        """The counters by name and label values, without those at zero."""
        return {
            ".".join([sample.name.removeprefix("yui_soc_"), *sample.labels.values()]): sample.value
            for metric in self.counters.registry.collect()
            for sample in metric.samples
            if sample.value and not sample.name.endswith("_created")
        }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Certificates:
    """A small authority, a server certificate for loopback and one client certificate per name."""

    folder: Path

    def __post_init__(self) -> None:
        self.authority_key, self.authority = self._issue("authority", None)
        self._issue("server", (self.authority_key, self.authority))

    @property
    def server(self) -> TlsFiles:
        return TlsFiles(self.folder / "server.pem", self.folder / "server.key", self.folder / "authority.pem")

    def client(self, name: str) -> bytes:
        """Issue a client certificate; return its DER form."""
        from cryptography.hazmat.primitives.serialization import Encoding

        _key, certificate = self._issue(name, (self.authority_key, self.authority))
        return certificate.public_bytes(Encoding.DER)

    def _issue(self, name: str, issuer):
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.x509.oid import NameOID

        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        today = datetime.datetime.now(datetime.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer[1].subject if issuer else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(today - datetime.timedelta(days=1))
            .not_valid_after(today + datetime.timedelta(days=10))
            .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
            .add_extension(
                x509.SubjectAlternativeName(
                    [x509.DNSName("localhost"), x509.IPAddress(ip_network("127.0.0.1").network_address)]
                ),
                critical=False,
            )
        )
        certificate = builder.sign(issuer[0] if issuer else key, hashes.SHA256())
        (self.folder / f"{name}.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        (self.folder / f"{name}.key").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return key, certificate
