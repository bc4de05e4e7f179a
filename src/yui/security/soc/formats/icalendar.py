"""Calendars as iCalendar (RFC 5545): one event for each stretch of time."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

LONGEST_LINE = 75
"""Octets in a line before it is folded (RFC 5545, 3.1)."""


class CalendarEvent(NamedTuple):
    """One event: a name that stays (``uid``), its times, and a title."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    changed_at: datetime


def calendar(name: str, events: Iterable[CalendarEvent]) -> str:
    """Return a calendar as text with CRLF line ends, as RFC 5545 asks."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Yui//SOC rota//JA",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(event.uid)}",
            f"DTSTAMP:{_moment(event.changed_at)}",
            f"DTSTART:{_moment(event.starts_at)}",
            f"DTEND:{_moment(event.ends_at)}",
            f"SUMMARY:{_text(event.title)}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """Escape a text (RFC 5545, 3.3.11); control signs become spaces."""
    plain = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in value)
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold a line so that no part is longer than 75 octets and no character is cut."""
    parts: list[str] = []
    current, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LONGEST_LINE - (1 if parts else 0):
            parts.append(current)
            current, size = "", 0
        current, size = current + sign, size + width
    return "\r\n ".join([*parts, current])
