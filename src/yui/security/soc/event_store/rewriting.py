"""Rewriting files of events: several into one, or one without the rows that have had their time."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from yui.kernel.lake.errors import LakeWriteFailed
from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.publishing import publish, supersede
from yui.kernel.lake.reading import connection, identifier, relation
from yui.kernel.lake.staging import Staged, stage_file, workspace
from yui.kernel.scope.models import Organisation
from yui.security.soc.event_store.dataset import COLUMNS, events
from yui.security.soc.event_store.writing import ROWS_PER_GROUP, parquet_options

ORDER = "product, service, channel, event_number, time, event_id"
"""Events that one rule looks at lie together, so that their row groups alone are read."""
ROWS_AT_ONCE = 16_384


class _Changed(Exception):
    """A file was no longer live when its replacement was to be published."""


def rewrite(files: Sequence[LakeFile], part: str, *, keep: str = "true") -> int | None:
    """Put the rows of live ``files`` of one ward into one new file; the old ones are hidden in its favour.

    Args:
        part: hour or day of the new file.
        keep: SQL condition on rows that stay; nothing of the caller's users may stand in it.

    Returns:
        the rows of the new file, or ``None`` when another process replaced one of the files meanwhile.

    Raises:
        LakeWriteFailed: when the disk is full or refuses; nothing has changed then.
    """
    ward, batch = files[0].organisation_code, uuid4().hex
    staged = _merged([settings.LAKE / file.path for file in files], ward, part, keep)
    keys = [file.pk for file in files]
    try:
        with transaction.atomic():
            list(Organisation.objects.select_for_update().filter(code=ward))
            if staged is not None:
                publish([staged], batch=batch)
            if supersede(LakeFile.objects.filter(pk__in=keys), by=batch) != len(keys):
                raise _Changed
    except _Changed:
        return None
    return 0 if staged is None else staged.rows


def _merged(paths: Sequence[Path], ward: str, part: str, keep: str) -> Staged | None:
    """Write the rows of ``paths`` in the order of ``ORDER``; ``None`` when no row stays."""
    # Heavy: most processes never come here.
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = relation(events(), paths)
    sql = f"SELECT * EXCLUDE (organisation, month) FROM {rows} WHERE {keep} ORDER BY {ORDER}"  # noqa: S608
    reader = connection().sql(sql).to_arrow_reader(ROWS_AT_ONCE)
    with workspace() as folder:
        path = folder / "merged.parquet"
        count = 0
        try:
            with pq.ParquetWriter(path, reader.schema, **parquet_options(reader.schema.names)) as writer:
                for table in _in_groups(reader):
                    writer.write_table(table, row_group_size=ROWS_PER_GROUP)
                    count += table.num_rows
        except (OSError, pa.ArrowException) as error:
            raise LakeWriteFailed(path, str(error)) from error
        if not count:
            return None
        return stage_file(events(), path, organisation_code=ward, month=part[:7], part=part, folder=part)


def _in_groups(reader: Any) -> Any:
    """Yield the rows in tables of a row group's size."""
    # Heavy: most processes never come here.
    import pyarrow as pa

    waiting: list[Any] = []
    held = 0
    for batch in reader:
        waiting.append(batch)
        held += batch.num_rows
        if held >= ROWS_PER_GROUP:
            yield pa.Table.from_batches(waiting)
            waiting, held = [], 0
    if waiting:
        yield pa.Table.from_batches(waiting)


def field_columns(path: Path) -> frozenset[str]:
    """Return the columns of a file that hold a log's own fields."""
    # Heavy: most processes never come here.
    import pyarrow.parquet as pq

    return frozenset(pq.read_schema(path).names) - COLUMNS.keys()


def one_of(column: str, values: Sequence[int]) -> str:
    """Return SQL that tells whether a number is one of ``values``."""
    listed = ", ".join(str(int(value)) for value in values)
    return f"coalesce({identifier(column)} IN ({listed}), false)" if listed else "false"
