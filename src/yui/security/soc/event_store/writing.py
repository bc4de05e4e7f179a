"""Taking events into the lake: filed by ward and hour, each once, visible all together or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from yui.kernel.lake.errors import LakeWriteFailed
from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.publishing import publish
from yui.kernel.lake.staging import Staged, stage_file, workspace
from yui.kernel.scope.models import Organisation
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.event_store.arriving import Batch, Group, by_hour
from yui.security.soc.event_store.building import Normalise, build
from yui.security.soc.event_store.dataset import NAME, NORMALISED, PRUNING, events
from yui.security.soc.event_store.errors import TooManyWriters
from yui.security.soc.event_store.known_ids import KnownIds

MOST_TRIES = 20
ROWS_PER_GROUP = 65_536
PLAIN = ("event_id", "time", "received", "raw", "told_time")
LONG = ("raw", "rest")


@dataclass(frozen=True)
class AppendResult:
    """What became of a batch: ``stored`` and ``duplicates`` add up to what was given.

    Attributes:
        stored: events now in the lake that were not before.
        duplicates: events that were there already, or twice in the batch.
        files: how many files were written.
        odd_clocks: stored events whose own time was missing or not believed.
        new_fields: fields that this process had not yet seen in a ward's log source.
    """

    stored: int
    duplicates: int
    files: int
    odd_clocks: int
    new_fields: tuple["SeenIn", ...]


class SeenIn(NamedTuple):
    """A field that a log source of a ward carried."""

    ward: str
    source: LogSource
    field: str


def nothing_normalised(
    source: LogSource, fields: Mapping[str, Sequence[Any]], count: int
) -> Sequence[Sequence[Any] | None]:
    """Return empty OCSF columns, for events that no mapping knows."""
    return _EMPTY


_EMPTY = (None,) * len(NORMALISED)


class EventStore:
    """The store of one process, with what it remembers of events stored already.

    Args:
        normalise: gives the OCSF columns of events (``engine.ocsf.ocsf_columns_of_kind``).
        known: which identifiers are stored; one of its own by default.
    """

    def __init__(self, normalise: Normalise = nothing_normalised, known: KnownIds | None = None) -> None:
        self._normalise = normalise
        self._known = known or KnownIds(settings.LAKE)
        self._seen: set[SeenIn] = set()

    def append(
        self, ward: str, records: Sequence[LogRecord], received: Sequence[int], ids: Sequence[bytes]
    ) -> AppendResult:
        """Store the events of one ward; see ``append_many``."""
        return self.append_many([Batch(ward, records, received, ids)])

    def append_many(self, batches: Iterable[Batch]) -> AppendResult:
        """Store the events that are not stored yet; all become visible in one transaction.

        Once it returns, the events are on the disk. Repeating it stores nothing twice.

        Raises:
            UnevenBatch, BadIdentifier: when a batch is not well formed; nothing is stored.
            LakeWriteFailed: when the disk is full or refuses; nothing is stored.
            TooManyWriters: when other processes keep writing the same hours; nothing is stored.
        """
        given = list(batches)
        total = sum(len(batch.records) for batch in given)
        arrived = [group for batch in given for group in by_hour(batch)]
        for _ in range(MOST_TRIES):
            files = _live_files(arrived)
            fresh = [self._without_stored(group, files) for group in arrived]
            result = self._written([group for group in fresh if group.events.ids], files, total)
            if result is not None:
                return result
        raise TooManyWriters(arrived[0].ward)

    def unseen(self, batch: Batch) -> list[int]:
        """Return the positions of a batch whose events are not stored yet, each event once."""
        groups = by_hour(batch)
        files = _live_files(groups)
        fresh = {event_id for group in groups for event_id in self._without_stored(group, files).events.ids}
        positions = {event_id: at for at, event_id in reversed(list(enumerate(batch.ids)))}
        return sorted(positions[event_id] for event_id in fresh)

    def _without_stored(self, group: Group, files: dict[tuple[str, str], list[str]]) -> Group:
        """Leave out what is stored already."""
        paths = files.get((group.ward, group.part), [])
        ids = group.events.ids
        stored = self._known.stored(group.ward, group.part, paths, ids)
        if not stored:
            return group
        new = [at for at, event_id in enumerate(ids) if event_id not in stored]
        return group._replace(events=group.events.taken(new))

    def _written(
        self, groups: list[Group], files: dict[tuple[str, str], list[str]], total: int
    ) -> AppendResult | None:
        """Write and publish; ``None`` when another process wrote the same hours meanwhile."""
        fields: set[SeenIn] = set()
        staged: list[Staged] = []
        for group in groups:
            staged_file, seen = self._staged(group)
            staged.append(staged_file)
            fields |= seen
        with transaction.atomic():
            # The rows of the wards stand for their hours: who writes the same ward waits here on PostgreSQL,
            # as SQLite lets one process write at a time anyway.
            list(Organisation.objects.select_for_update().filter(code__in={g.ward for g in groups}))
            if _live_files(groups) != {key: files[key] for key in _keys(groups) if key in files}:
                return None
            publish(staged, batch=uuid4().hex)
        for group, file in zip(groups, staged, strict=True):
            self._known.wrote(group.ward, group.part, file.path, group.events.ids)
        stored = sum(len(group.events.ids) for group in groups)
        odd = sum(len(group.events.odd) for group in groups)
        new = tuple(sorted(fields - self._seen))
        self._seen |= fields
        return AppendResult(stored, total - stored, len(staged), odd, new)

    def _staged(self, group: Group) -> tuple[Staged, set[SeenIn]]:
        """Write the events of one hour as a file that nobody sees yet."""
        built = build(group.events, self._normalise)
        staged = stage_table(built.table, group.ward, group.part)
        return staged, {
            SeenIn(group.ward, source, name) for source, names in built.fields.items() for name in names
        }


def stage_table(table: Any, ward: str, part: str) -> Staged:
    """Write a table of events as one file of the lake that waits to be published."""
    # Heavy: most processes never come here.
    import pyarrow.parquet as pq

    with workspace() as folder:
        path = folder / "events.parquet"
        options = parquet_options(table.schema.names, is_passing=True)
        try:
            pq.write_table(table, path, row_group_size=ROWS_PER_GROUP, **options)
        except OSError as error:
            raise LakeWriteFailed(path, error.strerror or str(error)) from error
        return stage_file(
            events(),
            path,
            organisation_code=ward,
            month=part[:7],
            part=part,
            folder=part,
            rows=table.num_rows,
        )


def parquet_options(columns: Sequence[str], *, is_passing: bool = False) -> dict[str, Any]:
    """Return how events are written: dictionaries wherever values repeat, bounds only where they help.

    Args:
        is_passing: whether the file is merged into a larger one within the day. Its many short columns are
            then packed with what costs least to begin, and only the long ones with what packs best.
    """
    long = LONG if is_passing else columns
    return {
        "compression": {name: "zstd" if name in long else "lz4" for name in columns},
        "compression_level": {name: 1 for name in columns if name in long},
        "use_dictionary": [name for name in columns if name not in PLAIN],
        "write_statistics": list(PRUNING),
    }


def _keys(groups: Iterable[Group]) -> list[tuple[str, str]]:
    return [(group.ward, group.part) for group in groups]


def _live_files(groups: Sequence[Group]) -> dict[tuple[str, str], list[str]]:
    """Return the live files of these wards and hours, those of the whole day among them."""
    wards = sorted({group.ward for group in groups})
    parts = sorted({part for group in groups for part in (group.part, group.part[:10])})
    found: dict[tuple[str, str], list[str]] = {}
    rows = (
        LakeFile.objects.live()
        .filter(dataset=NAME, organisation_code__in=wards, part__in=parts)
        .order_by("pk")
        .values_list("organisation_code", "part", "path")
    )
    by_part: dict[tuple[str, str], list[str]] = {}
    for ward, part, path in rows:
        by_part.setdefault((ward, part), []).append(path)
    for key in _keys(groups):
        ward, hour = key
        paths = by_part.get((ward, hour[:10]), []) + by_part.get(key, [])
        if paths:
            found[key] = paths
    return found
