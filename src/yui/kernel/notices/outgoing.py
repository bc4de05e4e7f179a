"""Sends messages out of the house: mail through Django, webhooks to hosts that the installation allows."""

import http.client
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

SECONDS = 5.0
LONGEST_ERROR = 300
_SENDS_NOTHING = ("console.EmailBackend", "dummy.EmailBackend")


class SendingFailed(Exception):
    """A message did not arrive; the text says why."""


def mail_is_configured() -> bool:
    """Return whether mails leave this installation (the backend is more than the console)."""
    return not str(settings.EMAIL_BACKEND).endswith(_SENDS_NOTHING)


def usable_parts(address: str) -> SplitResult | None:
    """Return the parts of an ``http`` or ``https`` address without user name or blanks, else None."""
    if any(sign.isspace() or not sign.isprintable() for sign in address):
        return None
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None
        _port = parts.port
    except ValueError:
        return None
    return parts if usable else None


def is_allowed(parts: SplitResult, hosts: Collection[str]) -> bool:
    """Return whether an address leads to one of ``hosts``.

    Args:
        parts: of a usable address.
        hosts: ``host`` or ``host:port``, or with a dot before it every host below: ``.example.jp``.
    """
    there = parts.netloc.lower()
    return any(
        there == host or (host.startswith(".") and there.endswith(host))
        for host in (each.strip().lower() for each in hosts)
        if host
    )


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


def post_json(address: str, payload: Mapping[str, Any], *, hosts: Collection[str]) -> None:
    """Post JSON to an address on one of ``hosts``; redirects are not followed, proxies not used.

    Raises:
        SendingFailed: when the address is not allowed, does not answer, or answers anything but 2xx.
    """
    parts = usable_parts(address)
    if parts is None or not is_allowed(parts, hosts):
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
