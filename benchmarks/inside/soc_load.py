"""Sends real events over ``_bulk`` at a steady rate; run by ``benchmarks.soc_receivers``."""

import http.client
import json
import sys
import threading
import time
import zipfile
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

PER_REQUEST = 500
CONNECTIONS = 4
TIMES = ("EventTime", "UtcTime", "EventReceivedTime", "TimeCreated", "CreationUtcTime", "timestamp", "time")
MARK, NUMBER = "@@TIME@@", 987_654_321


def templates(folder: Path, most: int) -> list[tuple[bytes, bytes]]:
    """Return real Windows events (some 2 kB each), each cut before its time and before its number."""
    found = []
    for archive in sorted((folder / "otrf" / "compound" / "LSASS_campaign_07").rglob("*.zip")):
        with zipfile.ZipFile(archive) as opened:
            for name in opened.namelist():
                if not name.endswith(".json"):
                    continue
                for line in opened.read(name).split(b"\n"):
                    if line[:1] == b"{" and len(found) < most:
                        found.append(_template(json.loads(line)))
    return found


def _template(event: dict[str, Any]) -> tuple[bytes, bytes]:
    kept = {name: value for name, value in event.items() if name not in TIMES and name != "@timestamp"}
    text = json.dumps({"@timestamp": MARK, "yui_number": NUMBER, **kept}, separators=(",", ":")).encode()
    _before, _, rest = text.partition(MARK.encode())
    between, _, after = rest.partition(b"%d" % NUMBER)
    return between, after


class Load:
    """Bodies at a rate, over several connections, each sent again until it is taken."""

    def __init__(self, port: int, tokens: list[str], events: list[tuple[bytes, bytes]], rate: float) -> None:
        self.port, self.tokens, self.events = port, tokens, events
        self.interval = PER_REQUEST / rate
        self.requests = count()
        self.sent = self.refused = self.late = self.bytes = 0
        self.lock = threading.Lock()

    def run(self, seconds: float) -> dict[str, Any]:
        """Send for so many seconds; return what was sent."""
        self.begun = time.time()
        self.end = self.begun + seconds
        workers = [threading.Thread(target=self._work) for _ in range(CONNECTIONS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return {
            "sent": self.sent,
            "refused": self.refused,
            "begun": self.begun,
            "seconds": time.time() - self.begun,
            "bytes": self.bytes,
            "late": self.late,
        }

    def _work(self) -> None:
        link = http.client.HTTPConnection("127.0.0.1", self.port)
        while True:
            with self.lock:
                number = next(self.requests)
            due = self.begun + number * self.interval
            if due >= self.end:
                return
            wait = due - time.time()
            if wait > 0:
                time.sleep(wait)
            self.late = max(self.late, -wait)
            body = self._body(number)
            while not self._taken(link, number, body):
                self.refused += 1
                time.sleep(0.2)
            with self.lock:
                self.sent += PER_REQUEST
                self.bytes += len(body)

    def _taken(self, link: http.client.HTTPConnection, number: int, body: bytes) -> bool:
        headers = {
            "Authorization": "Bearer " + self.tokens[number % len(self.tokens)],
            "Content-Type": "application/x-ndjson",
        }
        link.request("POST", "/logs/_bulk", body, headers)
        answer = link.getresponse()
        told = answer.read()
        return answer.status == 200 and b'"errors":false' in told

    def _body(self, number: int) -> bytes:
        now = datetime.now(UTC).isoformat(timespec="microseconds").removesuffix("+00:00").encode() + b"Z"
        head, events = b'{"create":{}}\n{"@timestamp":"' + now, self.events
        first = number * PER_REQUEST
        lines = []
        for one in range(first, first + PER_REQUEST):
            between, after = events[one % len(events)]
            lines.append(head + between + b"%d" % one + after)
        return b"\n".join(lines) + b"\n"


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    events = templates(Path(given["folder"]), given["templates"])
    load = Load(given["port"], given["tokens"], events, given["rate"])
    print(json.dumps({**load.run(given["seconds"]), "templates": len(events)}))
