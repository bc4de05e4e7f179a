"""Builds the index and keeps it up with the records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from yui.kernel.links import kind_and_id
from yui.kernel.scope.visibility import Visibility
from yui.kernel.search.engine.schema import Entry
from yui.kernel.search.engine.store import IndexMissing, IndexStore
from yui.kernel.search.models import DirtyDocument
from yui.kernel.search.sources import SearchDocument, registered_sources, source_of
from yui.kernel.tasks.timetable import bring_forward

_OVERLAP = timedelta(minutes=10)
"""How far an update looks back behind the last one: longer than any transaction stays open."""
_BATCH = 500
_PATIENCE = timedelta(seconds=60)
"""How long many waiting records are left to the worker before pages fold them in, a few at a time."""
UPDATE = "search.update"
"""The periodic job that runs ``update``."""


@dataclass(frozen=True)
class IndexReport:
    """What an update or rebuild did: documents written and removed, and whether the whole index was built."""

    written: int
    removed: int
    is_rebuild: bool


@lru_cache(maxsize=8)
def _store_at(root: Path) -> IndexStore:
    return IndexStore(root)


def store() -> IndexStore:
    """Return the installation's index."""
    return _store_at(Path(settings.SEARCH_INDEX))


def access_terms(document: SearchDocument) -> tuple[str, ...]:
    """Return who may find ``document``, in the terms that ``reader_terms`` asks for."""
    terms = [f"org:{document.organisation_code}"]
    if document.visibility == Visibility.PARTICIPANTS:
        terms += [f"org:{code}" for code in document.participant_codes]
    elif document.visibility in {Visibility.WARDS, Visibility.PUBLIC}:
        terms.append(str(document.visibility))
    return tuple(terms)


def _entry(document: SearchDocument) -> Entry:
    return Entry(
        urn=document.urn,
        kind=document.kind,
        organisation=document.organisation_code,
        pillar=document.pillar,
        visibility=str(document.visibility),
        access=access_terms(document),
        title=str(document.title),
        body=str(document.body),
        url=document.url,
        at=document.at,
        tags=tuple(map(str, document.tags)),
        reading=document.reading,
    )


def _all_entries(since: datetime | None = None) -> Iterator[Entry]:
    for source in registered_sources():
        for document in source.documents(since):
            yield _entry(document)


def rebuild(*, wait_seconds: float = 60.0, budget_seconds: float | None = None) -> IndexReport:
    """Build the index anew from all records; searches go on with the old one until the new one is whole.

    Raises:
        IndexBusy: when another process writes the index for longer than ``wait_seconds``.
        BudgetExceeded: when the build takes longer than ``budget_seconds``.
    """
    with store().writing(wait_seconds=wait_seconds):
        started = timezone.now()
        written = store().replace(_all_entries(), until=started.isoformat(), budget_seconds=budget_seconds)
        DirtyDocument.objects.filter(marked_at__lt=started).delete()
    return IndexReport(written, 0, is_rebuild=True)


def update(*, wait_seconds: float = 60.0) -> IndexReport:
    """Fold in what changed since the last update; build the index where there is none.

    Raises:
        IndexBusy: when another process writes the index for longer than ``wait_seconds``.
    """
    try:
        removed = 0
        # The lock is given back after each batch, so that pages can fold in what they wait for.
        while rows := list(DirtyDocument.objects.order_by("id")[:_BATCH]):
            with store().writing(wait_seconds=wait_seconds):
                removed += _fold_in(rows, until=store().pointer().until)
        with store().writing(wait_seconds=wait_seconds):
            started = timezone.now()
            since = datetime.fromisoformat(store().pointer().until) - _OVERLAP
            written = store().apply(_all_entries(since), (), until=started.isoformat())
        return IndexReport(written, removed, is_rebuild=False)
    except IndexMissing:
        return rebuild(wait_seconds=wait_seconds)


def fold_in_few(most: int) -> bool:
    """Fold in the waiting records at once if they are at most ``most``; return whether any waited.

    A larger number makes ``update`` due now. Where it does not come, the first ``most`` are folded in here.

    Raises:
        IndexBusy: when another process is writing the index.
        IndexMissing: when there is no index.
    """
    rows = list(DirtyDocument.objects.order_by("id")[: most + 1])
    if len(rows) > most:
        bring_forward(UPDATE)
        if timezone.now() - rows[0].marked_at < _PATIENCE:
            return True
    if rows:
        with store().writing():
            _fold_in(rows[:most], until=store().pointer().until)
    return bool(rows)


def _fold_in(rows: Sequence[DirtyDocument], *, until: str) -> int:
    """Write the present state of the marked records; return how many are gone.

    A record marked again meanwhile keeps its mark. A process that dies on the way leaves the marks, and
    the next one does the work again.
    """
    entries, gone = [], []
    for row in rows:
        kind, identifier = kind_and_id(row.urn)
        source = source_of(kind)
        document = source.one(identifier) if source else None
        if document is None:
            gone.append(row.urn)
        else:
            entries.append(_entry(document))
    store().apply(entries, gone, until=until)
    for row in rows:
        DirtyDocument.objects.filter(pk=row.pk, marked_at=row.marked_at).delete()
    return len(gone)
