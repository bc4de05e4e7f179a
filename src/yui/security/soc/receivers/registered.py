"""The senders that people registered, as the receivers know them."""

from ipaddress import ip_network

from django.db.models import F

from yui.kernel.calendar_jp import now
from yui.security.soc.connections import renew_connections
from yui.security.soc.models import LogSender
from yui.security.soc.receivers.senders import Protocol, Sender

WHY = "receivers tell by its proof to whom a sender belongs"
KNOWN = frozenset(Protocol)


def registered_senders() -> list[Sender]:
    """Return every sender that may send now; one query."""
    renew_connections()
    rows = LogSender.objects.unscoped(WHY).active_at(now()).annotate(ward_code=F("organisation__code"))
    return [
        Sender(
            str(row.pk),
            row.ward_code,
            frozenset(Protocol(name) for name in row.protocols if name in KNOWN),
            row.secret_sha256.lower(),
            row.certificate_sha256.lower(),
            ip_network(row.address, strict=False) if row.address else None,
        )
        for row in rows
    ]
