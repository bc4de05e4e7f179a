"""How long events are kept, by ward and class, and removing what has had its time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source, fetch_rows
from yui.security.soc.event_store.clocks import DAY, hour_part
from yui.security.soc.event_store.dataset import NAME, events
from yui.security.soc.event_store.rewriting import one_of, rewrite

READERS_DONE = timedelta(hours=1)
"""After what time nobody reads a file any more that was hidden meanwhile."""
REASON = "the installation removes events whose time of keeping is over"


@dataclass(frozen=True)
class Retention:
    """For how many days a ward keeps its events.

    Attributes:
        days: every event whose class is not named.
        by_class: other numbers of days by OCSF ``class_uid``.
    """

    days: int
    by_class: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if min([self.days, *self.by_class.values()]) < 1:
            raise ValueError("保存日数は1以上にしてください / keep events for at least one day")


@dataclass(frozen=True)
class Expired:
    """What was removed."""

    files: int
    rows: int


def expire(ward: str, retention: Retention, now: int) -> Expired:
    """Hide the events of a ward that have been kept long enough; whole days only, so nothing goes too early.

    A day's events go when the whole day is older than their class is kept.

    Args:
        now: microseconds since 1970 UTC.
    """
    longest = max([retention.days, *retention.by_class.values()])
    gone = LakeFile.objects.live().filter(
        dataset=NAME, organisation_code=ward, part__lt=_first_kept(now, longest)
    )
    rows, files = sum(gone.values_list("rows", flat=True)), gone.count()
    gone.update(superseded_at=timezone.now())
    for condition, days in _shorter(retention, longest):
        some_files, some_rows = _without(ward, condition, _first_kept(now, days))
        rows, files = rows + some_rows, files + some_files
    return Expired(files, rows)


def _first_kept(now: int, days: int) -> str:
    return hour_part(now - days * DAY)[:10]


def _shorter(retention: Retention, longest: int) -> list[tuple[str, int]]:
    """Return SQL for rows that are kept less long than others, each with its days."""
    named = sorted(retention.by_class)
    found = [
        (one_of("class_uid", [uid for uid in named if retention.by_class[uid] == days]), days)
        for days in sorted(set(retention.by_class.values()))
        if days < longest
    ]
    if retention.days < longest:
        found.append((f"NOT {one_of('class_uid', named)}", retention.days))
    return found


def _without(ward: str, condition: str, before: str) -> tuple[int, int]:
    """Rewrite the files before a day that hold rows of ``condition``, without these."""
    source = Source(
        events(),
        Reach.everything(REASON),
        organisations=[ward],
        part_range=("", before),
        columns={"class_uid": "BIGINT"},
    )
    sql = f"SELECT lake_file, count(*) FROM {{lake}} WHERE {condition} GROUP BY ALL"  # noqa: S608
    files = rows = 0
    held = dict(fetch_rows(sql, {"lake": source}))
    for file in source.files().filter(part__lt=before):
        count = held.get(str(settings.LAKE / file.path), 0)
        if count and rewrite([file], file.part, keep=f"NOT ({condition})") is not None:
            files, rows = files + 1, rows + count
    return files, rows


def hidden_files() -> QuerySet[LakeFile]:
    """Return the files of events that were hidden long enough ago that nobody reads them any more."""
    until = timezone.now() - READERS_DONE
    return LakeFile.objects.filter(dataset=NAME, superseded_at__isnull=False, superseded_at__lt=until)


def remove_hidden() -> int:
    """Remove hidden files of events from the disk and from the manifest; return how many.

    Events, unlike bills, are not kept once replaced: their content lies in the files that replaced them, or
    has had its time.
    """
    removed = 0
    for key, path in list(hidden_files().values_list("pk", "path")):
        if not LakeFile.objects.filter(path=path).exclude(pk=key).exists():
            (settings.LAKE / path).unlink(missing_ok=True)
        LakeFile.objects.filter(pk=key).delete()
        removed += 1
    return removed


def sizes(wards: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return by ward how many events are stored and in how many bytes."""
    found: dict[str, tuple[int, int]] = {}
    files = LakeFile.objects.live().filter(dataset=NAME, organisation_code__in=wards)
    for ward, rows, size in files.values_list("organisation_code", "rows", "bytes"):
        held = found.get(ward, (0, 0))
        found[ward] = held[0] + rows, held[1] + size
    return found
