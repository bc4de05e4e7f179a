"""Numbers, times and keys as Discourse writes them."""

from datetime import UTC, datetime
from typing import Any


def post_key(topic: int, number: int | None) -> str:
    """Return the key of a post: its number in its topic, which the CSV states too."""
    return f"discourse:{topic}:{number}"


def whole_number(value: Any) -> int | None:
    """Return a positive whole number as JSON states it, also as text; None for anything else."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 16:
        value = int(value)
    return value if type(value) is int and 0 < value < 10**15 else None


def time_of(value: Any) -> datetime | None:
    """Return an ISO 8601 time with its zone; UTC where none is stated; None for anything else."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        at = datetime.fromisoformat(value.strip().replace(" UTC", "+00:00"))
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
