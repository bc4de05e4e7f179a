"""Which events of an hour are stored already: exact, without keeping whole identifiers in memory.

The first eight bytes of each identifier are kept sorted per ward and hour. Bytes not found there are new for
certain. Bytes found there are looked up, all sixteen, in the files themselves: only true repetitions pay.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ID_BYTES = 16
MOST_REMEMBERED = 32_000_000
"""Identifiers in memory at once (8 bytes each); beyond it the hours least recently used are read again."""
Heads = NDArray[np.uint64]


@dataclass
class _Hour:
    """The heads of the identifiers of one ward and hour, in sorted runs, and the files they come from."""

    files: set[str] = field(default_factory=set)
    runs: list[Heads] = field(default_factory=list)

    def add(self, heads: Heads) -> None:
        """Take sorted heads in; runs of like size are merged, so that their number stays small."""
        while self.runs and len(self.runs[-1]) <= 2 * len(heads):
            heads = np.sort(np.concatenate([self.runs.pop(), heads]), kind="stable")
        self.runs.append(heads)

    def holds(self, heads: Heads) -> NDArray[np.bool_]:
        """Tell for each head whether it was taken in."""
        found = np.zeros(len(heads), dtype=bool)
        for run in self.runs:
            places = np.searchsorted(run, heads)
            places[places == len(run)] = 0
            found |= run[places] == heads
        return found

    def __len__(self) -> int:
        return sum(map(len, self.runs))


class KnownIds:
    """Remembers the identifiers of stored events by ward and hour.

    Args:
        lake: the folder beneath which the paths lie.
        most: how many identifiers to keep in memory.
    """

    def __init__(self, lake: Path, most: int = MOST_REMEMBERED) -> None:
        self._lake, self._most = lake, most
        self._hours: OrderedDict[tuple[str, str], _Hour] = OrderedDict()

    def stored(self, ward: str, hour: str, files: Iterable[str], ids: Sequence[bytes]) -> set[bytes]:
        """Return which of ``ids`` are in the live ``files`` of the hour.

        Args:
            files: paths relative to the lake, as the manifest has them now.
        """
        paths = set(files)
        if not paths or not ids:
            return set()
        known = self._brought_up_to_date(ward, hour, paths)
        heads = heads_of(ids)
        suspects = [ids[at] for at in np.flatnonzero(known.holds(heads)).tolist()]
        return self._confirmed(sorted(paths), suspects) if suspects else set()

    def wrote(self, ward: str, hour: str, path: str, ids: Sequence[bytes]) -> None:
        """Remember what this process itself has just published, instead of reading it again."""
        known = self._hours.get((ward, hour))
        if known is not None and path not in known.files:
            known.files.add(path)
            known.add(np.sort(heads_of(ids)))

    def _brought_up_to_date(self, ward: str, hour: str, paths: set[str]) -> _Hour:
        """Read the files that are new, or all of them where some have been replaced or removed."""
        key = (ward, hour)
        known = self._hours.get(key)
        if known is None or not known.files <= paths:
            known = self._hours[key] = _Hour()
        new = sorted(paths - known.files)
        if new:
            known.add(np.sort(np.concatenate([heads_of_file(self._lake / path) for path in new])))
            known.files |= paths
        self._hours.move_to_end(key)
        while len(self._hours) > 1 and sum(map(len, self._hours.values())) > self._most:
            self._hours.popitem(last=False)
        return known

    def _confirmed(self, paths: Sequence[str], suspects: Sequence[bytes]) -> set[bytes]:
        """Return the suspects that really are in the files, compared by all their bytes."""
        heads = np.unique(heads_of(suspects))
        wanted, found = set(suspects), set()
        for path in paths:
            raw = _identifiers(self._lake / path)
            at = np.flatnonzero(np.isin(raw[:, 0], heads))
            found |= wanted & {bytes(raw[place].tobytes()) for place in at}
        return found


def heads_of(ids: Sequence[bytes]) -> Heads:
    """Return the first eight bytes of each identifier as numbers."""
    return np.frombuffer(b"".join(ids), dtype=np.uint64).reshape(-1, 2)[:, 0]


def heads_of_file(path: Path) -> Heads:
    """Return the first eight bytes of each identifier of a file of events."""
    return _identifiers(path)[:, 0]


def _identifiers(path: Path) -> Heads:
    """Return the identifiers of a file as pairs of numbers."""
    # Heavy: most processes never come here.
    import pyarrow as pa
    import pyarrow.parquet as pq

    column = pq.read_table(path, columns=["event_id"], partitioning=None)["event_id"]
    fixed = column.cast(pa.binary(ID_BYTES)).combine_chunks()
    begin, data = fixed.offset * ID_BYTES, fixed.buffers()[1]
    found = np.frombuffer(data, dtype=np.uint8)[begin : begin + len(fixed) * ID_BYTES]
    return found.view(np.uint64).reshape(-1, 2)
