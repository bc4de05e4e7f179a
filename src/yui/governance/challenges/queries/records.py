"""Challenges, initiatives, evidence and arrows as a reader may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from yui.governance.challenges.areas import area_name
from yui.governance.challenges.models import (
    Challenge,
    ChallengeEvidence,
    Initiative,
    InitiativeEvidence,
    Link,
)
from yui.governance.statistics.public import SeriesLine, SeriesUnknown, latest_point, read_series
from yui.kernel.links import Link as RecordLink
from yui.kernel.links import resolve
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet

Evidence = ChallengeEvidence | InitiativeEvidence


def challenges_for(actor: Actor) -> ScopedQuerySet:
    """Return the challenges that the actor may see, with their organisations and their number of evidence."""
    rows = Challenge.objects.visible_to(actor).select_related("organisation")
    # A query that groups knows no default order: it is asked for.
    return rows.annotate(evidence_count=Count("evidence")).order_by("position", "pk")


def initiatives_for(actor: Actor) -> ScopedQuerySet:
    """Return the initiatives that the actor may see, with their organisations."""
    return Initiative.objects.visible_to(actor).select_related("organisation")


def links_for(actor: Actor) -> ScopedQuerySet:
    """Return the arrows that the actor may see, with what they join; their ends may still be hidden."""
    return Link.objects.visible_to(actor).select_related("organisation", "challenge", "initiative")


def visible_link(actor: Actor, pk: int) -> Link | None:
    """Return an arrow of which the actor sees both ends; None for any other."""
    found: Link | None = links_for(actor).filter(pk=pk).first()
    if found is None:
        return None
    ends = ((Challenge, found.challenge_id), (Initiative, found.initiative_id))
    seen = all(model.objects.visible_to(actor).filter(pk=key).exists() for model, key in ends if key)
    return found if seen else None


@dataclass(frozen=True)
class LiveFigure:
    """The newest figure of the series that evidence names."""

    series: SeriesLine
    area: str
    period: str
    value: Decimal | None

    @property
    def value_text(self) -> str:
        """The value with its unit; nothing where the area has none."""
        return "" if self.value is None else f"{self.value:,.{self.series.decimals}f}{self.series.unit}"


@dataclass(frozen=True)
class EvidenceLine:
    """A piece of evidence with its live figure and the record that it names, as far as the reader may see."""

    evidence: Evidence
    live: LiveFigure | None = None
    record: RecordLink | None = None


def evidence_of(actor: Actor, owner: Challenge | Initiative) -> list[EvidenceLine]:
    """Return the evidence of a challenge or an initiative in the order in which it was added."""
    rows: Sequence[Evidence] = list(owner.evidence.visible_to(actor))
    records = resolve([each.urn for each in rows if each.urn], actor)
    return [EvidenceLine(each, _live(actor, each), records.get(each.urn)) for each in rows]


def _live(actor: Actor, evidence: Evidence) -> LiveFigure | None:
    """Return the figure of today; None where no series is named, or the reader sees it no more."""
    if not evidence.series_code:
        return None
    try:
        series = read_series(actor, evidence.series_code)
        point = latest_point(actor, evidence.series_code, evidence.area_code)
    except SeriesUnknown:
        return None
    area = area_name(evidence.area_code)
    return LiveFigure(series, area, point.period_label if point else "", point.value if point else None)
