"""Flat Windows events with the same names by whole columns: just what ``from_flat`` makes of each."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from yui.security.soc.engine.records import LogSource
from yui.security.soc.formats.times import time_of
from yui.security.soc.formats.windows_events import source_of_channel

_TIMES = ("TimeCreated", "UtcTime", "@timestamp")


class FlatColumns(NamedTuple):
    """What the records of some events have beside their fields; all have the same source."""

    source: LogSource
    times: list[int]
    identifiers: list[str]


def flat_columns(columns: Mapping[str, Sequence[Any]], count: int) -> FlatColumns | None:
    """Return what ``from_flat`` finds in ``count`` events, None where each must be looked at.

    Args:
        columns: by name, the values of a field in all events, in step; no lists.
    """
    nothing: Sequence[Any] = (None,) * count
    channels = columns.get("Channel", nothing)
    sources = {source_of_channel(channel) for channel in set(channels)}
    if len(sources) != 1 or str in map(type, columns.get("EventID", nothing)):
        return None
    told = next((columns[name] for name in _TIMES if name in columns), nothing)
    times = [time for time in map(time_of, told) if time is not None]
    if len(times) != count:
        return None
    numbers = _either(columns, "EventRecordID", "RecordNumber", nothing)
    computers = _either(columns, "Computer", "Hostname", nothing)
    identifiers = [
        f"{computer}|{channel}|{number}|{time // 1_000_000}" if number else ""
        for computer, channel, number, time in zip(computers, channels, numbers, times, strict=True)
    ]
    return FlatColumns(sources.pop(), times, identifiers)


def _either(
    columns: Mapping[str, Sequence[Any]], first: str, second: str, nothing: Sequence[Any]
) -> Sequence[Any]:
    """Return the values of one field; where these are empty, those of the other."""
    values, others = columns.get(first), columns.get(second, nothing)
    if values is None:
        return others
    return [one or other for one, other in zip(values, others, strict=True)]
