"""The held stream of ``yui live``: a real server, real connections."""

import http.client
import json
import signal
import socket
import threading

import pytest

from yui.kernel.tasks.tests.installation import prepared, until

HAPPEN = """
from django.db import transaction
from yui.kernel.events.publish import publish
from yui.kernel.scope.models import Organisation
ward = Organisation.objects.get(code={code!r})
with transaction.atomic():
    kind = "registry.system.register"
    publish(kind=kind, organisation=ward, subject={subject!r}, summary="", actor_name="", data={{}})
"""


class Page:
    """An open page: a connection and what was read from it so far."""

    def __init__(self, port: int, session: str, last: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=90)
        headers = {"Cookie": f"sessionid={session}", **({"Last-Event-ID": last} if last else {})}
        self.connection.request("GET", "/live/stream", headers=headers)
        self.answer = self.connection.getresponse()
        self.lines: list[str] = []
        self.has_ended = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        try:
            for line in self.answer:
                self.lines.append(line.decode().rstrip("\n"))
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            # The connection was left while it was read; http.client tells that in many ways.
            pass
        self.has_ended = True

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def leave(self) -> None:
        self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.connection.close()


@pytest.fixture(scope="module")
def live(migrated_database, tmp_path_factory):
    installation, sessions = prepared(tmp_path_factory.mktemp("live") / "home", migrated_database)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = installation.start(["-m", "yui", "live", "--port", str(port)])

    def answers() -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False

    until(answers, "yui live")
    yield installation, port, sessions
    # Stopping must not wait for the pages that still listen.
    page = Page(port, sessions["alice"])
    assert page.answer.status == 200
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    until(lambda: page.has_ended, "the end of the held page")
    installation.end()


def test_alice_is_told_at_once_and_charlie_never(live):
    installation, port, sessions = live
    alice, charlie = Page(port, sessions["alice"]), Page(port, sessions["charlie"])
    assert alice.answer.status == charlie.answer.status == 200
    until(lambda: "id: " in alice.text and "id: " in charlie.text, "both began")
    installation.run(HAPPEN.format(code="131032", subject="yui:registry.system:7"))
    until(lambda: "yui:registry.system:7" in alice.text, "Alice is told")
    installation.run(HAPPEN.format(code="131041", subject="yui:registry.system:8"))
    until(lambda: "yui:registry.system:8" in charlie.text, "Charlie is told of his own")
    assert "yui:registry.system:7" not in charlie.text
    assert "yui:registry.system:8" not in alice.text
    data = next(line for line in alice.lines if line.startswith("data: "))
    assert json.loads(data[6:]) == {
        "changes": [{"kind": "registry.system.register", "subject": "yui:registry.system:7"}]
    }
    alice.leave()
    charlie.leave()


def test_a_page_that_comes_back_is_told_what_it_missed(live):
    installation, port, sessions = live
    first = Page(port, sessions["alice"])
    until(lambda: "id: " in first.text, "the start")
    last = next(line for line in first.lines if line.startswith("id: "))[4:]
    first.leave()
    installation.run(HAPPEN.format(code="131032", subject="yui:registry.system:9"))
    again = Page(port, sessions["alice"], last)
    until(lambda: "yui:registry.system:9" in again.text, "what was missed")
    again.leave()


def test_without_a_session_the_browser_is_told_to_stop(live):
    _, port, _ = live
    for session in ("", "a" * 32, "no such; session"):
        page = Page(port, session)
        assert page.answer.status == 204


def test_other_hosts_addresses_and_methods_are_refused(live):
    _, port, sessions = live
    for method, path, host, status in (
        ("GET", "/live/stream", "evil.example", 400),
        ("POST", "/live/stream", "127.0.0.1", 405),
        ("GET", "/jobs/", "127.0.0.1", 404),
    ):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request(method, path, headers={"Host": host, "Cookie": f"sessionid={sessions['alice']}"})
        assert connection.getresponse().status == status


def test_a_session_that_ends_ends_the_stream(live):
    installation, port, sessions = live
    page = Page(port, sessions["charlie"])
    until(lambda: "id: " in page.text, "the start")
    installation.run(
        f"""
        from importlib import import_module
        from django.conf import settings
        import_module(settings.SESSION_ENGINE).SessionStore({sessions["charlie"]!r}).delete()
        """
    )
    installation.run(HAPPEN.format(code="131041", subject="yui:registry.system:10"))
    until(lambda: page.has_ended, "the end of the stream")
    assert "yui:registry.system:10" not in page.text
