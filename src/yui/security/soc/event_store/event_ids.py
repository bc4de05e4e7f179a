"""Sixteen bytes that tell an event from every other event of its ward."""

import hashlib
from collections import Counter

from yui.security.soc.engine.records import LogRecord
from yui.security.soc.event_store.known_ids import ID_BYTES

RECORDS_PER_STRETCH = 50_000


def event_id(*parts: str | bytes | int) -> bytes:
    """Return the identifier that follows from ``parts``: equal parts, equal identifier.

    The first 128 bits of the SHA-256 over the parts, each after its length, so that no two lists of parts
    run together.
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.digest()[:ID_BYTES]


class FileIds:
    """Identifiers for the events of files, so that taking in a file again changes nothing.

    An event that carries its sender's number is known by that number, its time and its text. Others are known
    by their text, by how many equal lines stand before it in the same stretch of 50,000 records, and by the
    number of the stretch: equal lines of one file stay apart, and a file under another name is the same.
    """

    def __init__(self) -> None:
        self._file = ""
        self._number = 0
        self._seen: Counter[bytes] = Counter()

    def of(self, record: LogRecord) -> bytes:
        """Return the identifier of the next record."""
        if record.identifier:
            return event_id("numbered", record.identifier, record.time or 0, record.raw)
        file = record.place.rpartition(":")[0]
        if file != self._file:
            self._file, self._number = file, 0
            self._seen.clear()
        stretch, place = divmod(self._number, RECORDS_PER_STRETCH)
        if place == 0:
            self._seen.clear()
        self._number += 1
        text = event_id(record.raw)
        before = self._seen[text]
        self._seen[text] += 1
        return event_id("line", text, stretch, before)
