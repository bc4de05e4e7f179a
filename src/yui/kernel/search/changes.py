"""Notes which records have changed since they were indexed."""

from collections.abc import Iterable

from django.utils import timezone

from yui.kernel.events.models import Event
from yui.kernel.events.subscriptions import subscribe
from yui.kernel.links import UnknownKind, kind_and_id
from yui.kernel.search.models import DirtyDocument
from yui.kernel.search.sources import source_of


def mark_dirty(urns: Iterable[str]) -> None:
    """Have these records folded into the index again; until then they appear in no result.

    Rooms call it inside the operation for records that change without being its subject (a part of
    them changed, or somebody was let in). Records of kinds that no room registered are passed over.
    """
    now = timezone.now()
    rows = [DirtyDocument(urn=urn, marked_at=now) for urn in dict.fromkeys(urns) if _is_indexed(urn)]
    DirtyDocument.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["urn"], update_fields=["marked_at"]
    )


def _is_indexed(urn: str) -> bool:
    try:
        return source_of(kind_and_id(urn)[0]) is not None
    except UnknownKind:
        return False


@subscribe("*")
def mark_subject(event: Event) -> None:
    """Mark the subject of every event."""
    mark_dirty([event.subject])
