"""A file of any size is read with little memory."""

import io
import tracemalloc

import pytest

from yui.security.soc.formats.reading import read_stream
from yui.security.soc.tests.evtx_samples import chunk, event, evtx

SIZE = 16 << 20
ALLOWED = 8 << 20


class Repeated(io.RawIOBase):
    """A start, then the same piece again and again, without ever standing in memory as a whole."""

    def __init__(self, start, piece):
        self._next, self._piece, self._left = start, piece, SIZE

    def readable(self):
        return True

    def readinto(self, buffer):
        if not self._next:
            if self._left <= 0:
                return 0
            self._next = self._piece
        count = min(len(buffer), len(self._next))
        buffer[:count] = self._next[:count]
        self._next = self._next[count:]
        self._left -= count
        return count


LINE = b'{"EventID":1,"Channel":"c","pad":"' + b"x" * 4_000 + b'"}'
CASES = {
    "lines": (b"", (LINE + b"\n") * 16),
    "array": (b"[", (LINE + b",\n") * 16),
    "envelope": (b'{"Records":[', (LINE + b",") * 16),
    "one endless line": (b"", b"x" * 65_536),
    "one endless JSON string": (b'{"a":"', b"x" * 65_536),
    "one endless element": (b'[{"a":"', b"x" * 65_536),
    "one endless cell": (b'a,b,c\n1,2,3\n4,5,6\n"', (b"x" * 2_000 + b"\n") * 32),
    "zeros": (b'{"EventID":1}\n', b"\x00" * 65_536),
    "evtx": (evtx(), chunk([event(1)])),
    "zeek": (b"#separator \\x09\n#fields\ta\tb\n", (b"x" * 2_000 + b"\ty\n") * 32),
}


@pytest.mark.parametrize("case", CASES)
def test_memory_does_not_grow_with_the_file(case):
    stream = io.BufferedReader(Repeated(*CASES[case]))
    tracemalloc.start()
    try:
        for item in read_stream("endless", stream):
            assert item
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < ALLOWED
