"""Sends messages: mail through Django, webhooks to addresses that the installation allows."""

import http.client
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from yui.security.soc.models import EscalationChannel
from yui.security.soc.operations.rota.errors import BadTarget

SECONDS = 5.0
LONGEST_ERROR = 300


class SendingFailed(Exception):
    """A message did not arrive; the text says why, for the list of notices."""


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
    parts = _parts(target)
    if parts is None:
        raise BadTarget(_("http:// か https:// で始まる、利用者名を含まない URL を書いてください。"))
    if parts.netloc.lower() not in allowed_hosts():
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


def _parts(target: str) -> SplitResult | None:
    """Return the parts of a usable address, else None."""
    if any(sign.isspace() or not sign.isprintable() for sign in target):
        return None
    try:
        parts = urlsplit(target)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None
        _port = parts.port
    except ValueError:
        return None
    return parts if usable else None


def send_mail(to: Sequence[str], subject: str, text: str) -> None:
    """Send a mail.

    Raises:
        SendingFailed: when the mail server does not take it.
    """
    if not to:
        raise SendingFailed(_("宛先のメールアドレスがありません。"))
    try:
        EmailMessage(subject, text, to=list(to)).send()
    except (OSError, ValueError) as error:
        # smtplib's errors are OSErrors; a header that would carry a line break is a ValueError.
        raise SendingFailed(f"{type(error).__name__}: {error}"[:LONGEST_ERROR]) from error


def post_webhook(target: str, payload: Mapping[str, Any]) -> None:
    """Post JSON to an allowed address; redirects are not followed, proxies not used.

    Raises:
        SendingFailed: when the address is not allowed, does not answer, or answers anything but 2xx.
    """
    parts = _parts(target)
    if parts is None or parts.netloc.lower() not in allowed_hosts():
        raise SendingFailed(_("この宛先への送信は許されていません。"))
    body = json.dumps(payload, ensure_ascii=False).encode()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    link = _connection(parts)
    try:
        link.request("POST", path, body, {"Content-Type": "application/json; charset=utf-8"})
        status = link.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise SendingFailed(f"{type(error).__name__}: {error}"[:LONGEST_ERROR]) from error
    finally:
        link.close()
    if not 200 <= status < 300:
        raise SendingFailed(f"HTTP {status}")


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "https":
        return http.client.HTTPSConnection(host, parts.port, timeout=SECONDS)
    return http.client.HTTPConnection(host, parts.port, timeout=SECONDS)
