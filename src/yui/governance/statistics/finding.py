"""Where the room's URNs lead, and what search reads of the series."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from yui.governance.statistics.models import Intake, Series, Source
from yui.governance.statistics.operations.subjects import INTAKE, SERIES, SOURCE
from yui.kernel.links import Link, urn
from yui.kernel.links.keyed import keys_among
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet
from yui.kernel.search import SearchDocument

WHY = "search index"


def resolve_series(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those series that the reader may see; a series is named by its code."""
    found = Series.objects.visible_to(actor).filter(code__in=identifiers)
    return {each.code: Link(urn(SERIES, each.code), each.name, each.get_absolute_url()) for each in found}


def resolve_sources(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those sources that the reader may see."""
    found = Source.objects.visible_to(actor).filter(pk__in=keys_among(identifiers))
    return {str(each.pk): Link(urn(SOURCE, each.pk), each.title, each.get_absolute_url()) for each in found}


def resolve_intakes(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those files that the reader may see."""
    found = Intake.objects.visible_to(actor).filter(pk__in=keys_among(identifiers))
    return {
        str(each.pk): Link(urn(INTAKE, each.pk), each.file_name, each.get_absolute_url()) for each in found
    }


def documents(since: datetime | None) -> Iterable[SearchDocument]:
    """Yield the series for the search index, or those of sources changed since a moment."""
    found = _series().filter(source__updated_at__gte=since) if since else _series()
    return (_document(each) for each in found.iterator(chunk_size=500))


def one(identifier: str) -> SearchDocument | None:
    """Return one series for the search index."""
    found = _series().filter(code=identifier).first()
    return _document(found) if found else None


def _series() -> ScopedQuerySet:
    return Series.objects.unscoped(WHY).select_related("source__organisation")


def _document(each: Series) -> SearchDocument:
    source = each.source
    return SearchDocument(
        urn=urn(SERIES, each.code),
        kind=SERIES,
        pillar="",
        organisation_code=source.organisation.code,
        visibility=source.visibility,
        participant_codes=(),
        title=each.title,
        body="\n".join([each.title_en, each.code, each.description, source.title, source.publisher]),
        url=each.get_absolute_url(),
        at=source.updated_at,
        tags=(),
    )
