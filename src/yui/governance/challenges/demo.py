"""Enters the article, and ties the statistics' 架空 series to what they speak of, where there are any."""

from yui.governance.challenges.areas import NATION
from yui.governance.challenges.facts import EvidenceFacts
from yui.governance.challenges.models import Challenge, Initiative
from yui.governance.challenges.operations import adopt_article, save_evidence
from yui.governance.statistics.public import SeriesLine, SeriesUnknown, read_series
from yui.kernel.demonstration import Demonstration
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.public import SECRETARIAT_CODE

SPOKEN_OF = {
    "kakuu-cost": "administration-1",
    "kakuu-attacks": "administration-2",
    "kakuu-standard": "administration-3",
    "kakuu-qualified": "3-2",
}
"""Codes of the statistics' made-up series, with the challenge or initiative that each speaks of."""


def seed(demo: Demonstration) -> None:
    """Adopt the article, and add a made-up series as evidence to each of four records."""
    adopt_article(demo.actor)
    secretariat = Organisation.objects.get(code=SECRETARIAT_CODE)
    for series_code, code in SPOKEN_OF.items():
        series = _illustrative(demo.actor, series_code)
        if series is not None:
            save_evidence(demo.actor, of=_named(secretariat, code), facts=_facts(series))


def _illustrative(actor: Actor, code: str) -> SeriesLine | None:
    """Return a series that is made up; a real one of the same code is none of the demonstration's."""
    try:
        series = read_series(actor, code)
    except SeriesUnknown:
        return None
    return series if series.source.is_illustrative else None


def _named(keeper: Organisation, code: str) -> Challenge | Initiative:
    """Return a record of the article by its code."""
    found = Challenge.objects.owned_by(keeper).filter(code=code).first()
    return found or Initiative.objects.owned_by(keeper).get(code=code)


def _facts(series: SeriesLine) -> EvidenceFacts:
    """Return a series as evidence."""
    return EvidenceFacts(
        "statistics",
        series.title if "架空" in series.title else f"架空: {series.title}"[:200],
        statement="デモのためにつくった数字です。",
        publisher=series.source.publisher,
        series_code=series.code,
        area_code=NATION,
    )
