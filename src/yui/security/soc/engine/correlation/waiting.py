"""Matches that wait until their time is decided, taken out in order of time."""

from collections.abc import Iterator
from heapq import heappop, heappush

from yui.security.soc.engine.correlation.windows import Entry


class Waiting:
    """A buffer sorted piece by piece: entries lie in slots of time, and a slot is sorted when due."""

    def __init__(self, slot_us: int) -> None:
        self._slot_us = max(1, slot_us)
        self._slots: dict[int, list[Entry]] = {}
        self._order: list[int] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Entry]:
        for entries in self._slots.values():
            yield from entries

    def add(self, entry: Entry) -> None:
        """Put an entry into its slot."""
        slot = entry.time_us // self._slot_us
        entries = self._slots.get(slot)
        if entries is None:
            entries = self._slots[slot] = []
            heappush(self._order, slot)
        entries.append(entry)
        self._count += 1

    def take_before(self, time_us: int) -> list[Entry]:
        """Remove and return all entries before a time, sorted."""
        taken: list[Entry] = []
        while self._order and self._order[0] * self._slot_us < time_us:
            slot = self._order[0]
            entries = self._slots[slot]
            entries.sort()
            ready = _place(entries, time_us)
            taken.extend(entries[:ready])
            if ready < len(entries):
                del entries[:ready]
                break
            heappop(self._order)
            del self._slots[slot]
        self._count -= len(taken)
        return taken

    def middle_time(self) -> int:
        """Return the time that half of the entries are not later than."""
        times = sorted(entry.time_us for entry in self)
        return times[len(times) // 2]


def _place(entries: list[Entry], time_us: int) -> int:
    """Return how many of the sorted entries are before a time."""
    if entries[-1].time_us < time_us:
        return len(entries)
    low, high = 0, len(entries)
    while low < high:
        middle = (low + high) // 2
        if entries[middle].time_us < time_us:
            low = middle + 1
        else:
            high = middle
    return low
