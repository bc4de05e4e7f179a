"""Where the room's URNs lead, and what search reads of challenges and initiatives."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from yui.governance.challenges.models import Challenge, Initiative
from yui.governance.challenges.urns import CHALLENGE, INITIATIVE
from yui.kernel.links import Link, urn
from yui.kernel.links.keyed import keys_among
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet
from yui.kernel.search import SearchDocument

WHY = "search index"


def resolve_challenges(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those challenges that the reader may see."""
    found = Challenge.objects.visible_to(actor).filter(pk__in=keys_among(identifiers))
    return {str(each.pk): Link(urn(CHALLENGE, each.pk), each.name, each.get_absolute_url()) for each in found}


def resolve_initiatives(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those initiatives that the reader may see."""
    found = Initiative.objects.visible_to(actor).filter(pk__in=keys_among(identifiers))
    return {
        str(each.pk): Link(urn(INITIATIVE, each.pk), each.name, each.get_absolute_url()) for each in found
    }


def challenge_documents(since: datetime | None) -> Iterable[SearchDocument]:
    """Yield the challenges for the search index, or those changed since a moment."""
    rows = _rows(Challenge.objects.unscoped(WHY), since)
    return (_of_challenge(each) for each in rows.iterator(chunk_size=500))


def one_challenge(identifier: str) -> SearchDocument | None:
    """Return one challenge for the search index."""
    found = _rows(Challenge.objects.unscoped(WHY), None).filter(pk__in=keys_among([identifier])).first()
    return _of_challenge(found) if found else None


def initiative_documents(since: datetime | None) -> Iterable[SearchDocument]:
    """Yield the initiatives for the search index, or those changed since a moment."""
    rows = _rows(Initiative.objects.unscoped(WHY), since)
    return (_of_initiative(each) for each in rows.iterator(chunk_size=500))


def one_initiative(identifier: str) -> SearchDocument | None:
    """Return one initiative for the search index."""
    found = _rows(Initiative.objects.unscoped(WHY), None).filter(pk__in=keys_among([identifier])).first()
    return _of_initiative(found) if found else None


def _rows(rows: ScopedQuerySet, since: datetime | None) -> ScopedQuerySet:
    found = rows.select_related("organisation")
    return found.filter(updated_at__gte=since) if since else found


def _of_challenge(each: Challenge) -> SearchDocument:
    evidence = (f"{row.title} {row.statement}" for row in each.evidence.unscoped(WHY))
    pillars = each.pillars
    texts = (each.title_en, each.statement, each.harm_if_left, *evidence)
    return _document(each, CHALLENGE, str(pillars[0]) if len(pillars) == 1 else "", texts)


def _of_initiative(each: Initiative) -> SearchDocument:
    evidence = (f"{row.title} {row.statement}" for row in each.evidence.unscoped(WHY))
    return _document(
        each, INITIATIVE, str(each.pillar), (each.title_en, each.statement, each.department, *evidence)
    )


def _document(each: Challenge | Initiative, kind: str, pillar: str, texts: Iterable[str]) -> SearchDocument:
    return SearchDocument(
        urn=urn(kind, each.pk),
        kind=kind,
        pillar=pillar,
        organisation_code=each.organisation.code,
        visibility=each.visibility,
        participant_codes=(),
        title=each.title,
        body="\n".join(filter(None, texts)),
        url=each.get_absolute_url(),
        at=each.updated_at,
        tags=(),
    )
