"""Whose logs are these? The receivers ask by what the connection proves, never by what the payload says."""

import hmac
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from yui.kernel.calendar_jp import now
from yui.security.soc.models import LogSender, SenderProof
from yui.security.soc.models.log_sender import LogSenderQuerySet

WHY = "receivers tell by its proof to whom a sender belongs"


@dataclass(frozen=True)
class KnownSender:
    """A sender that may send now, and the ward whose its logs are.

    ``expires_at`` bounds how long the answer may be kept.
    """

    pk: int
    name: str
    ward_code: str
    protocols: frozenset[str]
    expires_at: datetime | None

    def accepts(self, protocol: str) -> bool:
        """Return whether the sender may use a protocol."""
        return protocol in self.protocols


def sender_by_token(secret_sha256: str) -> KnownSender | None:
    """Return the sender whose token has this SHA-256 (hexadecimal), if it may send now; one query."""
    if len(secret_sha256) != 64:
        return None
    found = _known(_active(SenderProof.TOKEN).filter(secret_sha256=secret_sha256))
    # The database compared by index; the last word is in constant time.
    return next(
        (one for stored, one in found if hmac.compare_digest(stored.secret_sha256, secret_sha256)), None
    )


def sender_by_certificate(certificate_sha256: str) -> KnownSender | None:
    """Return the sender with this certificate (SHA-256 of its DER form), if it may send now; one query."""
    if len(certificate_sha256) != 64:
        return None
    found = _known(_active(SenderProof.CERTIFICATE).filter(certificate_sha256=certificate_sha256.lower()))
    return next((one for _stored, one in found), None)


def sender_by_address(address: str) -> KnownSender | None:
    """Return the sender whose network holds the address, if it may send now; one query.

    An IPv4 address that reached an IPv6 socket (``::ffff:192.0.2.1``) counts as the IPv4 address it is.
    """
    try:
        asked = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if isinstance(asked, ipaddress.IPv6Address) and asked.ipv4_mapped:
        asked = asked.ipv4_mapped
    found = _known(_active(SenderProof.ADDRESS))
    return next((one for stored, one in found if asked in ipaddress.ip_network(stored.address)), None)


def note_seen(senders: Iterable[int], moment: datetime) -> None:
    """Remember when senders were last heard; the receivers call it every few seconds, not each time."""
    LogSender.objects.unscoped(WHY).filter(pk__in=list(senders)).update(last_seen_at=moment)


def _active(proof: SenderProof) -> LogSenderQuerySet:
    return LogSender.objects.unscoped(WHY).active_at(now()).filter(proof=proof)


def _known(senders: LogSenderQuerySet) -> list[tuple[LogSender, KnownSender]]:
    rows = senders.annotate(ward_code=F("organisation__code"))
    return [
        (row, KnownSender(row.pk, row.name, row.ward_code, frozenset(row.protocols), row.expires_at))
        for row in rows
    ]
