"""JSON for stored states: quick, and still right for text that is no valid Unicode."""

import json
from typing import Any

import orjson


def dump_state(state: dict[str, Any]) -> bytes:
    """Return a state of plain values as JSON."""
    try:
        return orjson.dumps(state)
    except orjson.JSONEncodeError:
        # Lone surrogates, which hostile field values may hold; json writes and reads them as escapes.
        return json.dumps(state, separators=(",", ":")).encode()


def load_state(text: bytes) -> Any:
    """Return what a stored state holds.

    Raises:
        ValueError: when it is no JSON.
        RecursionError: when it is nested beyond any state.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)
