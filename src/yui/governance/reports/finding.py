"""Where the room's URNs lead, and what search reads of the reports."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from yui.governance.reports.models import Note, Report
from yui.kernel.links import Link, urn
from yui.kernel.links.keyed import keys_among
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet
from yui.kernel.search import SearchDocument

WHY = "search index"
KIND = "reports.report"


def resolve_reports(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those reports that the reader may see."""
    keys = keys_among(identifiers)
    found = Report.objects.visible_to(actor).filter(pk__in=keys).select_related("organisation")
    return {str(each.pk): Link(urn(KIND, each.pk), str(each), each.get_absolute_url()) for each in found}


def documents(since: datetime | None) -> Iterable[SearchDocument]:
    """Yield the reports for the search index, or those changed since a moment."""
    found = _reports().filter(updated_at__gte=since) if since else _reports()
    return (_document(each) for each in found.iterator(chunk_size=500))


def one(identifier: str) -> SearchDocument | None:
    """Return one report for the search index."""
    found = _reports().filter(pk=identifier).first()
    return _document(found) if found else None


def _reports() -> ScopedQuerySet:
    return Report.objects.unscoped(WHY).select_related("organisation", "plan")


def _document(each: Report) -> SearchDocument:
    notes = Note.objects.unscoped(WHY).filter(report=each).values_list("text", flat=True)
    return SearchDocument(
        urn=urn(KIND, each.pk),
        kind=KIND,
        pillar="",
        organisation_code=each.organisation.code,
        visibility=each.visibility,
        participant_codes=(),
        title=str(each),
        body="\n".join([each.plan.title, *notes]),
        url=each.get_absolute_url(),
        at=each.updated_at,
        tags=(),
    )
