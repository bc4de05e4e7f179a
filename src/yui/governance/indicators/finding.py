"""Where the room's URNs lead, and what search reads of the tree."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse

from yui.governance.indicators.errors import UnknownIndicator
from yui.governance.indicators.queries.questions import read_indicator
from yui.governance.indicators.tree import Indicator, tree
from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.links import Link, urn
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Visibility
from yui.kernel.search import SearchDocument
from yui.organisations.public import SECRETARIAT_CODE

INDICATOR, SNAPSHOT = "indicators.indicator", "indicators.snapshot"


def resolve_indicators(slugs: list[str], actor: Actor) -> Mapping[str, Link]:
    """Answer for indicators: their definitions are open to every member."""
    if not (actor.is_member or actor.is_system):
        return {}
    found = (tree().find(slug) for slug in slugs)
    return {each.slug: Link(urn(INDICATOR, each.slug), each.title, _address(each)) for each in found if each}


def resolve_snapshots(months: list[str], actor: Actor) -> Mapping[str, Link]:
    """Answer for the figures of a month: the tree of that month."""
    if not (actor.is_member or actor.is_system):
        return {}
    links = {}
    for text in months:
        try:
            month = Month.parse(text)
        except DateNotUnderstood:
            continue
        address = f"{reverse('indicators:tree')}?month={month}"
        links[text] = Link(urn(SNAPSHOT, text), month.label, address)
    return links


def documents(since: datetime | None) -> Iterable[SearchDocument]:
    """Yield the indicators for the search index; they change with the installation, never in between."""
    return () if since else (_document(indicator) for indicator in tree().indicators)


def one(slug: str) -> SearchDocument | None:
    """Return one indicator for the search index."""
    try:
        return _document(read_indicator(slug))
    except UnknownIndicator:
        return None


def _document(indicator: Indicator) -> SearchDocument:
    return SearchDocument(
        urn=urn(INDICATOR, indicator.slug),
        kind=INDICATOR,
        pillar=str(indicator.pillar),
        organisation_code=SECRETARIAT_CODE,
        visibility=Visibility.WARDS,
        participant_codes=(),
        title=indicator.title_ja,
        body="\n".join((indicator.statement, indicator.data_acquisition, indicator.title_en)),
        url=_address(indicator),
        tags=(indicator.code, indicator.level.value),
    )


def _address(indicator: Indicator) -> str:
    return reverse("indicators:indicator", args=[indicator.slug])
