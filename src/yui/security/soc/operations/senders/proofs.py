"""What a sender proves itself by: tokens, certificates, addresses."""

import binascii
import hashlib
import ipaddress
import re
import secrets
import ssl

from yui.security.soc.models import SenderProof, SenderProtocol
from yui.security.soc.operations.senders.errors import BadAddress, BadCertificate, ProtocolDoesNotFit

TOKEN_PREFIX = "yui_"  # noqa: S105  a prefix by which leaked tokens are found, no secret
WIDEST = {4: 16, 6: 48}
FITTING = {
    SenderProof.TOKEN: frozenset({SenderProtocol.HEC, SenderProtocol.OTLP, SenderProtocol.ELASTIC}),
    SenderProof.CERTIFICATE: frozenset(SenderProtocol),
    SenderProof.ADDRESS: frozenset({SenderProtocol.SYSLOG}),
}
"""Syslog carries no token; a bare address serves plain syslog on a closed network and nothing else."""


def new_token() -> str:
    """Return a token of 256 bits of chance."""
    return f"{TOKEN_PREFIX}{secrets.token_urlsafe(32)}"


def token_sha256(token: str) -> str:
    """Return the hash under which a token is kept; it has so much chance in it that no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint_of(text: str) -> str:
    """Return the SHA-256 fingerprint (of the DER form) of a certificate in PEM, or of a written fingerprint.

    Raises:
        BadCertificate: for anything else.
    """
    written = re.sub(r"[\s:]", "", text.rpartition("=")[2]).lower()
    if re.fullmatch(r"[0-9a-f]{64}", written):
        return written
    found = re.search(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", text, re.S)
    if found is None:
        raise BadCertificate
    try:
        der = ssl.PEM_cert_to_DER_cert(found.group(0))
    except (ValueError, binascii.Error) as error:
        raise BadCertificate from error
    # A DER certificate is one SEQUENCE whose length is written in its head (ITU-T X.690, 8.1.3).
    if len(der) < 100 or der[:2] != b"\x30\x82" or int.from_bytes(der[2:4]) + 4 != len(der):
        raise BadCertificate
    return hashlib.sha256(der).hexdigest()


def network_of(text: str) -> str:
    """Return a network in its canonical spelling.

    Raises:
        BadAddress: for what is no address or network, and for one that is too wide.
    """
    try:
        network = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError as error:
        raise BadAddress(text.strip()[:60]) from error
    if network.prefixlen < WIDEST[network.version]:
        raise BadAddress(str(network), is_wide=True)
    return str(network)


def require_fit(proof: str, protocols: list[str]) -> None:
    """Refuse protocols that the way of proof cannot serve.

    Raises:
        ProtocolDoesNotFit: naming the first such protocol.
    """
    fitting = FITTING[SenderProof(proof)]
    for protocol in protocols:
        if SenderProtocol(protocol) not in fitting:
            raise ProtocolDoesNotFit(str(SenderProtocol(protocol).label))
