"""Merging small files: each second of the stream makes some, and readers open every one of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings

from yui.kernel.lake.models import LakeFile
from yui.security.soc.event_store.building import MOST_COLUMNS
from yui.security.soc.event_store.clocks import DAY, HOUR, SECOND, hour_part
from yui.security.soc.event_store.dataset import NAME
from yui.security.soc.event_store.rewriting import field_columns, rewrite

GRACE = 10 * 60 * SECOND
"""How long after its end an hour counts as still being written (µs)."""
MOST_SMALL_FILES = 60
"""From how many files on an hour that is still being written is merged already."""
LARGEST_ROWS = 3_000_000
LARGEST_BYTES = 512 << 20
MOST_FILES_AT_ONCE = 400


@dataclass(frozen=True)
class Compacted:
    """What one run did."""

    hours: int = 0
    days: int = 0
    files_before: int = 0
    files_after: int = 0
    rows: int = 0


def compact(now: int, *, wards: Sequence[str] | None = None, most: int = 1_000) -> Compacted:
    """Merge the files of each finished hour, and the hours of each day that ended a day ago or earlier.

    A run that is killed leaves everything as it was. Two runs at once do no harm: the one that finds its
    files replaced gives up its work on them.

    Args:
        now: microseconds since 1970 UTC.
        most: after how many merges to stop and leave the rest to the next run.

    Raises:
        LakeWriteFailed: when the disk is full; what was merged before stays merged.
    """
    hours = days = before = after = rows = merges = 0
    for part, files in [*_due_hours(now, wards), *_due_days(now, wards)]:
        for together in _bins(files):
            if merges == most:
                return Compacted(hours, days, before, after, rows)
            written = rewrite(together, part)
            if written is None:
                continue
            merges, before, after, rows = merges + 1, before + len(together), after + 1, rows + written
            hours, days = (hours + 1, days) if "T" in part else (hours, days + 1)
    return Compacted(hours, days, before, after, rows)


def _due_hours(now: int, wards: Sequence[str] | None) -> Iterator[tuple[str, list[LakeFile]]]:
    """Yield hours that have ended, and running ones that have very many files."""
    open_from = hour_part(now - GRACE)
    for (_, part), files in _by_part(wards).items():
        if "T" in part and len(files) >= (2 if part < open_from else MOST_SMALL_FILES):
            yield part, files


def _due_days(now: int, wards: Sequence[str] | None) -> Iterator[tuple[str, list[LakeFile]]]:
    """Yield days that ended at least a day ago and lie in several files."""
    ended = hour_part(now - DAY - HOUR)[:10]
    days: dict[tuple[str, str], list[LakeFile]] = {}
    for (ward, part), files in _by_part(wards).items():
        if part[:10] < ended:
            days.setdefault((ward, part[:10]), []).extend(files)
    for (_, day), files in days.items():
        if len(files) > 1 and any("T" in file.part for file in files):
            yield day, files


def _by_part(wards: Sequence[str] | None) -> dict[tuple[str, str], list[LakeFile]]:
    """Return the live files by ward and part."""
    files = LakeFile.objects.live().filter(dataset=NAME)
    if wards is not None:
        files = files.filter(organisation_code__in=wards)
    found: dict[tuple[str, str], list[LakeFile]] = {}
    for file in files.order_by("organisation_code", "part", "pk"):
        found.setdefault((file.organisation_code, file.part), []).append(file)
    return found


def _bins(files: Sequence[LakeFile]) -> Iterator[list[LakeFile]]:
    """Yield files to be merged: not too large together, and not of too many columns."""
    together: list[LakeFile] = []
    columns: frozenset[str] = frozenset()
    for file in sorted(files, key=lambda file: (file.rows, file.pk)):
        wider = columns | field_columns(settings.LAKE / file.path)
        rows = file.rows + sum(one.rows for one in together)
        size = file.bytes + sum(one.bytes for one in together)
        is_full = rows > LARGEST_ROWS or size > LARGEST_BYTES or len(together) == MOST_FILES_AT_ONCE
        if together and (is_full or len(wider) > 2 * MOST_COLUMNS):
            if len(together) > 1:
                yield together
            together, wider = [], field_columns(settings.LAKE / file.path)
        together.append(file)
        columns = wider
    if len(together) > 1:
        yield together
