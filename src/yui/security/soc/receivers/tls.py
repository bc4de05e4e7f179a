"""TLS of the ports: our certificate, and the authority whose client certificates are believed."""

import ssl
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """PEM files.

    Attributes:
        certificate: the server's, with the chain.
        key: its private key.
        clients: authorities (or single certificates) that sign client certificates; None where clients
            show none.
    """

    certificate: Path
    key: Path
    clients: Path | None = None


class TlsFilesUnusable(Exception):
    """A certificate or key cannot be used."""

    def __init__(self, files: TlsFiles, reason: str) -> None:
        super().__init__(
            f"TLS の証明書か鍵を使えません({files.certificate}, {files.key}, {files.clients}: {reason})。"
            f" PEM 形式か、権限、鍵との対応を確かめてください。 The TLS files cannot be used ({reason}); "
            "check that they are PEM, readable, and belong to each other."
        )


def server_context(files: TlsFiles, *, clients_must_show: bool) -> ssl.SSLContext:
    """Return the context of a port, TLS 1.2 or newer.

    Args:
        files: certificate, key and client authorities.
        clients_must_show: whether a client without a valid certificate is turned away in the handshake
            (syslog); otherwise it may prove itself by a token (HTTP).

    Raises:
        TlsFilesUnusable: when a file is missing or wrong.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(files.certificate, files.key)
        # Senders of syslog never read. A session ticket left unread would make their closing a reset,
        # which throws away what is still under way.
        context.num_tickets = 0
        if files.clients is not None:
            context.load_verify_locations(files.clients)
            context.verify_mode = ssl.CERT_REQUIRED if clients_must_show else ssl.CERT_OPTIONAL
            # A single client certificate may be its own authority: fingerprints decide, not names.
            context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        elif clients_must_show:
            raise TlsFilesUnusable(files, "YUI_SOC_TLS_CLIENTS")
    except (OSError, ssl.SSLError) as error:
        raise TlsFilesUnusable(files, str(error)) from error
    return context
