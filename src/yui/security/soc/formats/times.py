"""Timestamps of logs, to microseconds since 1970-01-01 UTC."""

import math
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAIVE_EPOCH = _EPOCH.replace(tzinfo=None)
_from_iso = datetime.fromisoformat
_DAY = 86_400_000_000
_MONTHS = {
    name: number + 1
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    )
}

EARLIEST = 631_152_000_000_000
"""1990-01-01: an earlier time is a clock that was never set (1601, 1970, 1980)."""
LATEST = 4_102_444_800_000_000
"""2100-01-01: a later one is a broken clock (2107 is the end of the DOS time stamp)."""


def microseconds(moment: datetime) -> int | None:
    """Microseconds of an aware ``moment``; None outside the years that a log can be from."""
    span = moment - _EPOCH
    value = span.days * _DAY + span.seconds * 1_000_000 + span.microseconds
    return value if EARLIEST <= value < LATEST else None


def time_of(value: Any, zone: tzinfo = UTC) -> int | None:
    """Microseconds of a timestamp as logs write it; None if it is none or nonsense.

    Args:
        value: ISO 8601 text with ``T`` or a blank (any number of fractional digits), text with slashes, text
            or number of seconds, milliseconds, microseconds or nanoseconds since 1970 (told by magnitude), or
            the Common Log Format (``10/Oct/2025:13:55:36 +0900``).
        zone: the zone of text that names none.
    """
    if value.__class__ is str:
        if zone is UTC:
            # Most logs: by hand, without a second datetime.
            try:
                moment = _from_iso(value)
                span = moment - (_EPOCH if moment.tzinfo else _NAIVE_EPOCH)
                number = span.days * _DAY + span.seconds * 1_000_000 + span.microseconds
                return number if EARLIEST <= number < LATEST else None
            except ValueError:
                pass
        return _of_text(value, zone)
    if value.__class__ is int or value.__class__ is float:
        return _of_number(value)
    return None


def _of_text(text: str, zone: tzinfo) -> int | None:
    if len(text) > 64:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _of_other_text(text.strip(), zone)
    try:
        return microseconds(moment if moment.tzinfo else moment.replace(tzinfo=zone))
    except OverflowError:
        return None


def _of_other_text(text: str, zone: tzinfo) -> int | None:
    if text[:1].isdigit() or text[:1] == "-":
        try:
            return _of_number(float(text))
        except ValueError:
            pass
    if text.endswith(" UTC"):
        return _of_text(text.removesuffix(" UTC"), UTC)
    if text[4:5] == "/":
        pieces = text.replace("T", " ").split(" ", 1)
        numbers = pieces[0].split("/")
        if len(numbers) == 3 and all(number.isdigit() for number in numbers):
            hour = pieces[1].strip() if len(pieces) > 1 else "00:00:00"
            hour = f"0{hour}" if hour[1:2] == ":" else hour
            return _of_iso(f"{numbers[0]}-{numbers[1]:0>2}-{numbers[2]:0>2}T{hour}", zone)
    if text[2:3] == "/" and text[6:7] == "/":
        month = _MONTHS.get(text[3:6].lower())
        if month:
            offset = text[20:].strip()
            return _of_iso(f"{text[7:11]}-{month:02}-{text[:2]}T{text[12:20]}{offset}", zone)
    return None


def _of_iso(text: str, zone: tzinfo) -> int | None:
    try:
        moment = datetime.fromisoformat(text)
        return microseconds(moment if moment.tzinfo else moment.replace(tzinfo=zone))
    except (ValueError, OverflowError):
        return None


def _of_number(number: float) -> int | None:
    if not math.isfinite(number):
        return None
    size = abs(number)
    if size < 1e11:
        value = round(number * 1_000_000)
    elif size < 1e14:
        value = round(number * 1_000)
    elif size < 1e17:
        value = round(number)
    else:
        value = int(number) // 1_000
    return value if EARLIEST <= value < LATEST else None


def time_of_bsd(
    month: str, day: str, clock: str, received: int | None, zone: tzinfo, year: int | None = None
) -> int | None:
    """Microseconds of a time stamp without a year (RFC 3164, section 4.1.2), such as ``Jan 18 11:29:03``.

    The year is the one that puts it nearest before, or at most a day after, the time of arrival, so that a
    message of 31 December that arrives on 1 January is a second old and not a year ahead.
    """
    number = _MONTHS.get(month.lower())
    if number is None:
        return None
    arrival = _EPOCH + timedelta(microseconds=received) if received is not None else datetime.now(UTC)
    latest = arrival + timedelta(days=1)
    hour, _, rest = clock.partition(":")
    minute, _, second = rest.partition(":")
    whole, _, fraction = second.partition(".")
    for candidate in [year] if year else range(latest.year + 1, latest.year - 5, -1):
        try:
            moment = datetime(
                candidate,
                number,
                int(day),
                int(hour),
                int(minute),
                min(int(whole), 59),
                int(f"{fraction[:6]:0<6}") if fraction else 0,
                tzinfo=zone,
            )
        except ValueError:
            # 29 February exists in one year of four; any other nonsense fails in all of them.
            continue
        if year or moment <= latest:
            return microseconds(moment)
    return None
