"""Where the room's URNs lead, and what search reads of the sets."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from yui.governance.priorities.models import PrioritySet
from yui.kernel.links import Link, urn
from yui.kernel.links.keyed import keys_among
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet
from yui.kernel.search import SearchDocument

WHY = "search index"
KIND = "priorities.set"


def resolve_sets(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those sets that the reader may see."""
    keys = keys_among(identifiers)
    found = PrioritySet.objects.visible_to(actor).filter(pk__in=keys)
    return {str(each.pk): Link(urn(KIND, each.pk), each.title, each.get_absolute_url()) for each in found}


def documents(since: datetime | None) -> Iterable[SearchDocument]:
    """Yield the sets for the search index, or those changed since a moment."""
    found = _sets().filter(updated_at__gte=since) if since else _sets()
    return (_document(each) for each in found.iterator(chunk_size=500))


def one(identifier: str) -> SearchDocument | None:
    """Return one set for the search index."""
    found = _sets().filter(pk=identifier).first()
    return _document(found) if found else None


def _sets() -> ScopedQuerySet:
    related = PrioritySet.objects.unscoped(WHY).select_related("organisation")
    return related.prefetch_related("participants")


def _document(each: PrioritySet) -> SearchDocument:
    options = each.options.unscoped(WHY)
    return SearchDocument(
        urn=urn(KIND, each.pk),
        kind=KIND,
        pillar="",
        organisation_code=each.organisation.code,
        visibility=each.visibility,
        participant_codes=tuple(body.code for body in each.participants.all()),
        title=each.title,
        body="\n".join([each.purpose, *(f"{option.title} {option.description}" for option in options)]),
        url=each.get_absolute_url(),
        at=each.updated_at,
        tags=(),
    )
