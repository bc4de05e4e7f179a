"""What processing tells the receiving process: a line of JSON now and then, with what was done since."""

import dataclasses
import time
from typing import TextIO

import orjson

from yui.security.soc.processing.detection import Detection
from yui.security.soc.processing.storage import Storage


class Reports:
    """Lines on a stream that the other process reads."""

    def __init__(self, stream: TextIO, every_seconds: float = 1.0) -> None:
        self._stream, self._every = stream, every_seconds
        self._next = 0.0

    def take(self, loop: Detection | Storage, *, at_once: bool = False) -> None:
        """Write what a loop has done since the last time, when it is time, and let it count anew."""
        if not at_once and time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._every
        counts = dataclasses.asdict(loop.done)
        loop.done = type(loop.done)()
        try:
            self._stream.write(orjson.dumps(counts).decode() + "\n")
            self._stream.flush()
        except OSError:
            # The receiving process is gone; the end of standard input tells so, too.
            return


def read_report(line: bytes) -> dict[str, float]:
    """Return the counts of a line.

    Raises:
        ValueError: when it holds none.
    """
    counts = orjson.loads(line)
    if not isinstance(counts, dict):
        raise ValueError(f"not a report: {counts!r}")
    return counts
