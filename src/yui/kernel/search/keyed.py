"""How records that their URNs name by key are read for the index."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from yui.kernel.links.keyed import keys_among
from yui.kernel.scope.querysets import ScopedQuerySet
from yui.kernel.search.sources import SearchDocument, SearchSource

WHY = "search index"
"""The reason that a source gives for an unscoped query."""

READ_AT_ONCE = 500
"""Records held in memory while the index is built."""


def source_of_records(
    kind: str,
    title: Any,
    records: Callable[[], ScopedQuerySet],
    document: Callable[[Any], SearchDocument],
) -> SearchSource:
    """Return the source of records of ``kind``.

    Args:
        kind: the room and the noun.
        title: what people call the kind.
        records: the unread records of all organisations, with the relations that documents need.
        document: a record as search sees it.
    """

    def documents(since: datetime | None) -> Iterable[SearchDocument]:
        wanted = records().filter(updated_at__gte=since) if since else records()
        return (document(record) for record in wanted.iterator(chunk_size=READ_AT_ONCE))

    def one(identifier: str) -> SearchDocument | None:
        record = records().filter(pk__in=keys_among([identifier])).first()
        return document(record) if record else None

    return SearchSource(kind, title, documents, one)
