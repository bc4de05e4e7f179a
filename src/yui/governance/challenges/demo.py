"""Enters the article, and ties the statistics' 架空 series to what they speak of, where there are any."""

from yui.governance.challenges.areas import NATION
from yui.governance.challenges.facts import EvidenceFacts
from yui.governance.challenges.models import Challenge, Initiative
from yui.governance.challenges.operations import adopt_article, save_evidence
from yui.governance.statistics.public import SeriesLine, Topic, series_of_topic
from yui.kernel.demonstration import Demonstration
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.public import SECRETARIAT_CODE

SPOKEN_OF = {
    Topic.COSTS: "administration-1",
    Topic.THREATS: "administration-2",
    Topic.MIGRATION: "administration-3",
    Topic.PEOPLE: "3-2",
}
"""The challenge or initiative that the first series of a topic speaks of."""


def seed(demo: Demonstration) -> None:
    """Adopt the article, and add one made-up series as evidence to each of four records."""
    adopt_article(demo.actor)
    secretariat = Organisation.objects.get(code=SECRETARIAT_CODE)
    for topic, code in SPOKEN_OF.items():
        series = _illustrative(demo.actor, topic)
        if series is not None:
            save_evidence(demo.actor, of=_named(secretariat, code), facts=_facts(series))


def _illustrative(actor: Actor, topic: Topic) -> SeriesLine | None:
    """Return the first series of a topic that is made up; none may pass for a fact here."""
    return next((each for each in series_of_topic(actor, topic) if each.source.is_illustrative), None)


def _named(keeper: Organisation, code: str) -> Challenge | Initiative:
    """Return a record of the article by its code."""
    found = Challenge.objects.owned_by(keeper).filter(code=code).first()
    return found or Initiative.objects.owned_by(keeper).get(code=code)


def _facts(series: SeriesLine) -> EvidenceFacts:
    """Return a series as evidence."""
    return EvidenceFacts(
        "statistics",
        f"架空: {series.title}"[:200],
        statement="デモのためにつくった数字です。",
        publisher=series.source.publisher,
        series_code=series.code,
        area_code=NATION,
    )
