"""JSON text to values: strict and fast first, lenient where a sender breaks the rules, never a crash."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.objects import events_in, record_of_object, records_of_object
from yui.security.soc.formats.rejecting import rejected

_LARGEST = 2**64


class NotJson(ValueError):
    """The text is not JSON; the message says why."""


class JsonTooDeep(NotJson):
    """The text is nested too deeply to be read."""


def _number(text: str) -> int | str:
    # Python itself refuses to convert more than 4,300 digits; such a number stays text.
    if len(text) > 40:
        return text
    number = int(text)
    return number if -_LARGEST // 2 <= number < _LARGEST else text


def _nothing(_: str) -> None:
    return None


_lenient = json.JSONDecoder(strict=False, parse_int=_number, parse_constant=_nothing)


def _without_surrogates(value: Any) -> Any:
    """Half characters (``\\ud800`` alone) become U+FFFD: no store takes them."""
    if value.__class__ is str:
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if value.__class__ is list:
        return [_without_surrogates(one) for one in value]
    if value.__class__ is dict:
        return {_without_surrogates(key): _without_surrogates(one) for key, one in value.items()}
    return value


def json_value(text: str) -> Any:
    """The value of one JSON text.

    Where the strict reader refuses, a second one takes what senders do wrong and detection must still see:
    control characters in strings, ``NaN`` (read as null), half surrogates, integers of any length (kept as
    text). Of a key that
    stands twice the last counts; the raw text keeps both.

    Raises:
        JsonTooDeep, NotJson.
    """
    try:
        return orjson.loads(text)
    except ValueError as error:
        try:
            return _without_surrogates(_lenient.decode(text))
        except RecursionError:
            raise JsonTooDeep from None
        except ValueError:
            raise NotJson(str(error)) from None


def record_of_json(
    text: str, place: str, *, hint: str = "", limits: ReadLimits = DEFAULT_LIMITS
) -> LogRecord | Rejected:
    """The record of one JSON text that holds one event."""
    try:
        value = json_value(text)
    except JsonTooDeep:
        return rejected(place, "too_deep", text, limit=limits.nesting)
    except NotJson as error:
        return rejected(place, "not_json", text, why=error)
    return record_of_object(value, text, place, hint=hint, limits=limits)


def records_of_json_line(
    text: str, place: str, *, hint: str = "", limits: ReadLimits = DEFAULT_LIMITS
) -> Iterator[LogRecord | Rejected]:
    """The records of one line of JSON, which may be an envelope or a list of several."""
    try:
        value = json_value(text)
    except JsonTooDeep:
        yield rejected(place, "too_deep", text, limit=limits.nesting)
        return
    except NotJson as error:
        yield rejected(place, "not_json", text, why=error)
        return
    if value.__class__ is list:
        for number, one in enumerate(value, 1):
            raw = orjson.dumps(one).decode()
            yield record_of_object(one, raw, f"{place}#{number}", hint=hint, limits=limits)
    else:
        yield from records_of_object(value, lambda: text, place, hint=hint, limits=limits)


class Piece(NamedTuple):
    """One value cut from a stream of JSON: its text and what it is."""

    text: str
    value: Any


_BETWEEN = re.compile(r"[\s,:]*")
_ENVELOPE = re.compile(
    r'\{\s*(?:"@odata\.context"\s*:\s*"[^"\\]{0,2000}"\s*,\s*"value"|"(?:Records|records)")\s*:\s*\[\s*(?=[{\]])'
)


class JsonCutter:
    """Cuts values out of text that arrives in blocks: an array, an envelope, values one after another.

    Holds one block and one value. Each value may be laid out over many lines.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._text = ""
        self._in_array = False
        self._in_envelope = False

    def feed(self, block: str, *, final: bool = False) -> Iterator[Piece]:
        """The values that are complete with this block.

        Raises:
            NotJson: what follows cannot be read; ``rest`` holds it.
        """
        self._text += block
        position = 0
        try:
            while True:
                position = _BETWEEN.match(self._text, position).end()  # type: ignore[union-attr]
                if position >= len(self._text):
                    break
                entered = self._enter(position)
                if entered:
                    position = entered
                    continue
                piece, position = self._cut(position, final)
                if piece is None:
                    break
                if self._in_array or not self._in_envelope:
                    yield piece
        finally:
            self._text = self._text[position:]

    @property
    def rest(self) -> str:
        """What is not cut yet."""
        return self._text

    def _enter(self, position: int) -> int:
        """The position after a bracket that opens or closes a wrapping array or envelope, else 0."""
        letter = self._text[position]
        if letter == "]" and self._in_array:
            self._in_array = False
            return position + 1
        if self._in_array:
            return 0
        if letter == "}" and self._in_envelope:
            self._in_envelope = False
            return position + 1
        if letter == "[" and not self._in_envelope:
            self._in_array = True
            return position + 1
        match = _ENVELOPE.match(self._text, position) if letter == "{" else None
        if match:
            self._in_array = self._in_envelope = True
            return match.end()
        return 0

    def _cut(self, position: int, final: bool) -> tuple[Piece | None, int]:
        """The value at ``position`` and where it ends; None where more text is needed."""
        try:
            value, end = _lenient.raw_decode(self._text, position)
        except RecursionError:
            raise JsonTooDeep from None
        except ValueError as error:
            if final or len(self._text) - position > self._limit:
                raise NotJson(str(error)) from None
            return None, position
        if end == len(self._text) and not final and value.__class__ is not dict:
            # A number or word at the end of a block may go on in the next.
            return None, position
        return Piece(self._text[position:end], value), end


def records_of_piece(
    piece: Piece, place: str, *, hint: str = "", limits: ReadLimits = DEFAULT_LIMITS
) -> Iterator[LogRecord | Rejected]:
    """The records of one cut value."""
    value = piece.value
    if "\\u" in piece.text:
        value = _without_surrogates(value)
    if events_in(value) is None:
        yield record_of_object(value, piece.text, place, hint=hint, limits=limits)
    else:
        yield from records_of_object(value, lambda: piece.text, place, hint=hint, limits=limits)
