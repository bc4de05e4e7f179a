"""What a request shows to prove who sent it."""

import base64
import binascii

from aiohttp import web

from yui.security.soc.receivers.senders import Protocol, Sender, SenderBook


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""


def tokens_in(header: str) -> list[str]:
    """Return the tokens that an ``Authorization`` header may mean, the likeliest first.

    ``Splunk TOKEN`` and ``Bearer TOKEN`` as they stand; ``Basic`` gives the password; ``ApiKey`` gives the
    key of the base64 pair ``id:key``, or itself where it is no such pair.
    """
    scheme, _, given = header.strip().partition(" ")
    scheme, given = scheme.lower(), given.strip()
    if not given:
        return []
    if scheme in {"splunk", "bearer"}:
        return [given]
    if scheme == "basic":
        _user, colon, password = _decoded(given).partition(":")
        return [password] if colon and password else []
    if scheme == "apikey":
        _name, colon, key = _decoded(given).partition(":")
        return [key, given] if colon and key else [given]
    return []


def certificate_of(request: web.Request) -> bytes | None:
    """Return the client certificate (DER) that the TLS layer verified, if there is one."""
    tls = request.transport.get_extra_info("ssl_object") if request.transport else None
    return tls.getpeercert(binary_form=True) if tls is not None else None


def sender_of(request: web.Request, book: SenderBook, protocol: Protocol, token: str = "") -> Sender | None:
    """Return the sender that a request proves to be: by token, else by client certificate."""
    for candidate in [*tokens_in(request.headers.get("Authorization", "")), *filter(None, [token])]:
        sender = book.by_token(candidate, protocol)
        if sender is not None:
            return sender
    certificate = certificate_of(request)
    return book.by_certificate(certificate, protocol) if certificate else None
