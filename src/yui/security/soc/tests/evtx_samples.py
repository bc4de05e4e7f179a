"""Small EVTX files of our own making.

Source: libyal, "Windows XML Event Log (EVTX) format": header, chunk, record, binary XML without templates.
"""

import struct
import zlib

HEADER_BYTES, CHUNK_BYTES = 4096, 65536
FIRST_RECORD = 512
TOKYO_OLYMPICS = 132_713_640_000_000_000
"""2021-07-23T11:00:00Z in hundreds of nanoseconds since 1601."""


class _Writer:
    """Binary XML at a place in a chunk; names are written where they are used."""

    def __init__(self, start):
        self.start, self.data = start, bytearray()

    def name(self, text):
        self.data += struct.pack("<I", self.start + len(self.data) + 4)
        self.data += struct.pack("<IHH", 0, 0, len(text)) + text.encode("utf-16-le") + b"\x00\x00"

    def value(self, text):
        self.data += b"\x05\x01" + struct.pack("<H", len(text)) + text.encode("utf-16-le")

    def element(self, name, attributes=(), content=()):
        """An element; ``content`` is a text, or elements as (name, attributes, content)."""
        attributes = dict(attributes)
        self.data += bytes([0x41 if attributes else 0x01])
        size_at = len(self.data)
        self.data += bytes(4)
        self.name(name)
        if attributes:
            list_at = len(self.data)
            self.data += bytes(4)
            for number, (key, text) in enumerate(attributes.items(), 1):
                self.data += bytes([0x06 if number == len(attributes) else 0x46])
                self.name(key)
                self.value(text)
            struct.pack_into("<I", self.data, list_at, len(self.data) - list_at - 4)
        self.data += b"\x02"
        if isinstance(content, str):
            self.value(content)
        else:
            for one in content:
                self.element(*one)
        self.data += b"\x04"
        struct.pack_into("<I", self.data, size_at, len(self.data) - size_at - 4)


def event(number, *, event_id="1", channel="Security", data=(("CommandLine", "cmd.exe"),), user_data=None):
    """The elements of one event."""
    system = [
        ("Provider", {"Name": "Made-Up-Provider", "Guid": "{00000000-0000-0000-0000-000000000001}"}, ()),
        ("EventID", {"Qualifiers": "7"}, event_id),
        ("TimeCreated", {"SystemTime": "2021-07-23T11:00:00.123456Z"}, ()),
        ("EventRecordID", {}, str(number)),
        ("Execution", {"ProcessID": "4", "ThreadID": "8"}, ()),
        ("Channel", {}, channel),
        ("Computer", {}, "pc-001.ward.example"),
    ]
    content = [("Data", {"Name": name} if name else {}, text) for name, text in data]
    body = ("UserData", {}, user_data) if user_data is not None else ("EventData", {}, content)
    return ("Event", {}, [("System", {}, system), body])


def chunk(events, first=1):
    """One chunk of these events."""
    whole = bytearray(CHUNK_BYTES)
    position = FIRST_RECORD
    last = position
    for number, one in enumerate(events, first):
        writer = _Writer(position + 24 + 4)
        writer.element(*one)
        body = b"\x0f\x01\x01\x00" + bytes(writer.data) + b"\x00"
        size = 24 + len(body) + 4
        record = struct.pack("<IIQQ", 0x2A2A, size, number, TOKYO_OLYMPICS) + body + struct.pack("<I", size)
        whole[position : position + size] = record
        last, position = position, position + size
    count = len(events)
    struct.pack_into(
        "<8sQQQQIII",
        whole,
        0,
        b"ElfChnk\x00",
        first,
        first + count - 1,
        first,
        first + count - 1,
        128,
        last,
        position,
    )
    struct.pack_into("<I", whole, 52, zlib.crc32(whole[FIRST_RECORD:position]))
    struct.pack_into("<I", whole, 124, zlib.crc32(whole[:120] + whole[128:FIRST_RECORD]))
    return bytes(whole)


def evtx(*chunks):
    """A file of these chunks."""
    header = bytearray(HEADER_BYTES)
    struct.pack_into(
        "<8sQQQIHHHH", header, 0, b"ElfFile\x00", 0, max(len(chunks) - 1, 0), 99, 128, 1, 3, 4096, len(chunks)
    )
    struct.pack_into("<I", header, 124, zlib.crc32(header[:120]))
    return bytes(header) + b"".join(chunks)
