"""The hosts to which this installation lets channels' messages go."""

from django.conf import settings

from yui.kernel.notices.errors import HostNotAllowed, NotEncrypted
from yui.kernel.notices.outgoing import is_allowed, usable_parts


def allowed_hosts() -> frozenset[str]:
    """Return the hosts of ``YUI_WEBHOOK_HOSTS``: ``host``, ``host:port``, or ``.domain`` for all below."""
    return frozenset(host.strip().lower() for host in settings.WEBHOOK_HOSTS)


def require_webhook_address(url: str) -> None:
    """Refuse an address to which no message may go; the hosts keep anybody from asking inside the network.

    Raises:
        NotEncrypted: when it is no https address.
        HostNotAllowed: when the installation does not name its host.
    """
    parts = usable_parts(url)
    if parts is None or parts.scheme != "https":
        raise NotEncrypted
    if not is_allowed(parts, allowed_hosts()):
        raise HostNotAllowed(parts.netloc)
