"""JSON that is not one object per line: arrays, envelopes, objects laid out over many lines."""

import codecs
import io
from collections.abc import Iterator

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.formats.delimited import encoding_of
from yui.security.soc.formats.json_text import JsonCutter, JsonTooDeep, NotJson, records_of_piece
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.text import BLOCK_BYTES


def read_json(
    stream: io.BufferedReader, name: str, *, hint: str = "", limits: ReadLimits = DEFAULT_LIMITS
) -> Iterator[LogRecord | Rejected]:
    """The records of a stream of JSON values; after a value that cannot be read, the rest is rejected as
    one piece."""
    block = stream.read1(BLOCK_BYTES)
    decoder = codecs.getincrementaldecoder(encoding_of(block))("replace")
    cutter = JsonCutter(limits.record_bytes)
    number = 0
    try:
        while True:
            final = not block
            for piece in cutter.feed(decoder.decode(block, final), final=final):
                number += 1
                place = f"{name}#{number}"
                if len(piece.text) > limits.record_bytes:
                    yield rejected(place, "too_long", piece.text, limit=limits.record_bytes)
                else:
                    yield from records_of_piece(piece, place, hint=hint, limits=limits)
            if final:
                return
            block = stream.read1(BLOCK_BYTES)
    except JsonTooDeep:
        yield rejected(f"{name}#{number + 1}-", "too_deep", cutter.rest, limit=limits.nesting)
    except NotJson as error:
        reason = "too_long" if len(cutter.rest) > limits.record_bytes else "not_json"
        yield rejected(f"{name}#{number + 1}-", reason, cutter.rest, why=error, limit=limits.record_bytes)
