"""An edition as its pages show it: sections of sentences, pillars of indicators, charts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from yui.governance.reports.engine.content import Content, said_about
from yui.kernel.calendar_jp import Month
from yui.kernel.charts import TrendChart, TrendPoint, TrendSeries

SECTIONS = (
    ("decision", "decisions", "no_decisions"),
    ("change", "changes", "nothing"),
    ("risk", "risks", "nothing"),
)
"""The topics in the order in which a council reads them, with the words of heading and of emptiness."""


@dataclass(frozen=True)
class Section:
    """What is said of a topic."""

    heading: str
    said: list[dict[str, str]]
    nothing: str


@dataclass(frozen=True)
class ShownIndicator:
    """One indicator with its figures as numbers."""

    facts: dict[str, Any]
    points: tuple[Decimal | None, ...]
    target: Decimal | None
    chart: TrendChart | None


@dataclass(frozen=True)
class ShownPillar:
    """One pillar's indicators."""

    heading: str
    indicators: list[ShownIndicator]


@dataclass(frozen=True)
class Shown:
    """An edition in one language; ``told`` is that language's part of the content."""

    told: dict[str, Any]
    sections: list[Section]
    pillars: list[ShownPillar]
    has_median: bool


def shown(content: Content, language: str) -> Shown:
    """Return a content as its page shows it."""
    told = content["languages"][language]
    last = Month.of(date.fromisoformat(content["period"][1]))
    words = told["words"]
    indicators = [_indicator(each, last, words) for each in told["indicators"]]
    return Shown(
        told,
        [
            Section(words[heading], said_about(content, language, topic), words[nothing])
            for topic, heading, nothing in SECTIONS
        ],
        [
            ShownPillar(pillar, [each for each in indicators if each.facts["pillar"] == pillar])
            for pillar in dict.fromkeys(each["pillar"] for each in told["indicators"])
        ],
        any(each.get("median_text") for each in told["indicators"]),
    )


def _indicator(facts: dict[str, Any], last: Month, words: dict[str, str]) -> ShownIndicator:
    points = tuple(None if point is None else Decimal(point) for point in facts["points"])
    target = None if facts["target"] is None else Decimal(facts["target"])
    if all(point is None for point in points):
        return ShownIndicator(facts, points, target, None)
    months = Month.between(last.shift(1 - len(points)), last)
    chart = TrendChart(
        title=facts["title"],
        unit=facts["unit"],
        finding=facts["outlook"],
        series=(
            TrendSeries(
                words["value"],
                tuple(TrendPoint(month, point) for month, point in zip(months, points, strict=True)),
            ),
        ),
        target=target,
    )
    return ShownIndicator(facts, points, target, chart)
