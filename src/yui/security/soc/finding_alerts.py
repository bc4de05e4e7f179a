"""Where the URNs of alerts lead, and what search reads of joint alerts and sightings.

Single alerts are not in the search index: a million of them would bury everything else, and the queue has a
search of its own.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from yui.kernel.links import Link, Resolver, urn
from yui.kernel.links.keyed import keys_among
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet
from yui.kernel.search import SearchDocument
from yui.security.soc.models import AlertGroup, JointAlert, Sighting

_WHY = "search index"


def _resolver_of(kind: str, records: Callable[[], ScopedQuerySet]) -> Resolver:
    """Return the function that answers for URNs of ``kind``, within what the reader may see."""

    def resolve(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
        keys = keys_among(identifiers)
        found = records().visible_to(actor).filter(pk__in=keys)
        return {
            str(record.pk): Link(urn(kind, record.pk), str(record), record.get_absolute_url())
            for record in found
        }

    return resolve


RESOLVERS: dict[str, Resolver] = {
    "soc.alert": _resolver_of("soc.alert", AlertGroup.objects.all),
    "soc.joint_alert": _resolver_of("soc.joint_alert", JointAlert.objects.all),
    "soc.sighting": _resolver_of("soc.sighting", Sighting.objects.all),
}


def joint_alert_documents(since: datetime | None) -> Iterable[SearchDocument]:
    """Yield the joint alerts for the search index, or those changed since a moment."""
    return _documents("soc.joint_alert", JointAlert.objects.unscoped(_WHY), since)


def one_joint_alert(identifier: str) -> SearchDocument | None:
    """Return one joint alert for the search index."""
    return _one("soc.joint_alert", JointAlert.objects.unscoped(_WHY), identifier)


def sighting_documents(since: datetime | None) -> Iterable[SearchDocument]:
    """Yield the sightings for the search index, or those changed since a moment."""
    return _documents("soc.sighting", Sighting.objects.unscoped(_WHY), since)


def one_sighting(identifier: str) -> SearchDocument | None:
    """Return one sighting for the search index."""
    return _one("soc.sighting", Sighting.objects.unscoped(_WHY), identifier)


def _documents(kind: str, records: ScopedQuerySet, since: datetime | None) -> Iterable[SearchDocument]:
    changed = records.filter(updated_at__gte=since) if since else records
    found = changed.select_related("organisation").iterator(chunk_size=500)
    return (_document(kind, record) for record in found)


def _one(kind: str, records: ScopedQuerySet, identifier: str) -> SearchDocument | None:
    record = records.select_related("organisation").filter(pk=identifier).first()
    return _document(kind, record) if record else None


def _document(kind: str, record: Any) -> SearchDocument:
    """Return a record as search sees it: the value alone, never a ward that saw it."""
    return SearchDocument(
        urn=urn(kind, record.pk),
        kind=kind,
        pillar="2",
        organisation_code=record.organisation.code,
        visibility=record.visibility,
        participant_codes=(),
        title=record.key_value,
        body=getattr(record, "advice", ""),
        url=record.get_absolute_url(),
        at=record.last_seen,
        tags=(record.key_kind,),
    )
