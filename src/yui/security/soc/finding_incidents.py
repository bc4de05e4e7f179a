"""Where the URNs of incidents lead, and what search reads of them.

Search shows an incident to its own ward only: who watches for whom changes by date, and an index that was
built yesterday must not know more than the wall does today. The joint body finds incidents in their list.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from yui.kernel.links import Link, Resolver, urn
from yui.kernel.links.keyed import keys_among
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet
from yui.kernel.search import SearchDocument
from yui.security.soc.models import Incident

_WHY = "search index"
KIND = "soc.incident"


def _resolve(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    keys = keys_among(identifiers)
    found = Incident.objects.visible_to(actor).filter(pk__in=keys)
    return {
        str(incident.pk): Link(urn(KIND, incident.pk), str(incident), incident.get_absolute_url())
        for incident in found
    }


RESOLVERS: dict[str, Resolver] = {KIND: _resolve}


def _incidents() -> ScopedQuerySet:
    found: ScopedQuerySet = Incident.objects.unscoped(_WHY).select_related("organisation")
    return found


def incident_documents(since: datetime | None) -> Iterable[SearchDocument]:
    """Yield the incidents for the search index, or those changed since a moment."""
    incidents = _incidents().filter(updated_at__gte=since) if since else _incidents()
    return (incident_document(incident) for incident in incidents.iterator(chunk_size=500))


def one_incident(identifier: str) -> SearchDocument | None:
    """Return one incident for the search index."""
    incident = _incidents().filter(pk=identifier).first()
    return incident_document(incident) if incident else None


def incident_document(incident: Incident) -> SearchDocument:
    """Return an incident as search sees it."""
    parts = (incident.get_category_display(), incident.get_state_display(), incident.summary, incident.cause)
    return SearchDocument(
        urn=urn(KIND, incident.pk),
        kind=KIND,
        pillar="2",
        organisation_code=incident.organisation.code,
        visibility=incident.visibility,
        participant_codes=(),
        title=incident.title,
        body="\n".join(str(part) for part in parts if part),
        url=incident.get_absolute_url(),
        at=incident.updated_at,
        tags=(incident.number,),
    )
