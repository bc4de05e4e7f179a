"""Where the SOC may send messages: mail addresses, and webhooks on hosts that the installation allows."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from yui.kernel.notices.outgoing import (
    LONGEST_ERROR,
    SendingFailed,
    is_allowed,
    post_json,
    send_mail,
    usable_parts,
)
from yui.security.soc.models import EscalationChannel
from yui.security.soc.operations.rota.errors import BadTarget

__all__ = [
    "LONGEST_ERROR",
    "SendingFailed",
    "addresses_in",
    "allowed_hosts",
    "post_webhook",
    "require_target",
    "send_mail",
]


def require_target(channel: str, target: str) -> None:
    """Refuse a mail address that is none, and a webhook that this installation does not allow.

    Raises:
        BadTarget: saying what to do.
    """
    if channel == EscalationChannel.MAIL:
        for address in addresses_in(target):
            try:
                validate_email(address)
            except ValidationError as error:
                raise BadTarget(_("メールアドレスを「, 」で区切って書いてください。")) from error
        return
    parts = usable_parts(target)
    if parts is None:
        raise BadTarget(_("http:// か https:// で始まる、利用者名を含まない URL を書いてください。"))
    if not is_allowed(parts, allowed_hosts()):
        raise BadTarget(
            _("「%(host)s」への送信は許されていません。管理者が YUI_SOC_WEBHOOK_HOSTS に加えると使えます。")
            % {"host": parts.netloc[:100]}
        )


def addresses_in(target: str) -> list[str]:
    """Return the addresses of a list with commas."""
    return [address.strip() for address in target.split(",") if address.strip()]


def allowed_hosts() -> frozenset[str]:
    """Return the hosts (``host`` or ``host:port``) to which webhooks may go."""
    return frozenset(host.strip().lower() for host in settings.SOC_WEBHOOK_HOSTS)


def post_webhook(target: str, payload: Mapping[str, Any]) -> None:
    """Post JSON to an address that the SOC may send to.

    Raises:
        SendingFailed: when the address is not allowed, does not answer, or answers anything but 2xx.
    """
    post_json(target, payload, hosts=allowed_hosts())
