"""A kind of notice for the tests, and a place that takes what is posted."""

import json
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from yui.kernel.notices import registry
from yui.kernel.notices.registry import MailTiming, NoticeKind, register_notice_kind


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """Two kinds of notices, known to these tests alone."""
    monkeypatch.setattr(registry, "_kinds", {})
    register_notice_kind(NoticeKind("test.answered", "回答がついた", MailTiming.DAILY))
    register_notice_kind(NoticeKind("test.asked", "質問があった"))
    register_notice_kind(NoticeKind("test.urgent", "急ぎ", MailTiming.IMMEDIATE))


class ChannelHandler(BaseHTTPRequestHandler):
    """Answers with the status that the channel was told, and keeps what came."""

    def do_POST(self) -> None:
        """Take a message."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, json.loads(body)))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_arguments) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate and key of 127.0.0.1 that signed itself, as one PEM file."""
    key, moment = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(moment - timedelta(days=1))
    builder = builder.not_valid_after(moment + timedelta(days=1))
    host = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    signed = builder.add_extension(host, critical=False).sign(key, hashes.SHA256())
    path = tmp_path_factory.mktemp("tls") / "channel.pem"
    form = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(form + signed.public_bytes(Encoding.PEM))
    return path


@pytest.fixture
def channel(certificate, settings, monkeypatch):
    """A channel on https that this test's programs believe, on the only host that messages may go to."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = HTTPServer(("127.0.0.1", 0), ChannelHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.got, server.status = [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.host = f"127.0.0.1:{server.server_port}"
    settings.WEBHOOK_HOSTS = [server.host, "hooks.example.jp", ".webhook.example.jp"]
    yield server
    server.shutdown()
    server.server_close()
