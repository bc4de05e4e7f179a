"""The only door for other rooms: series, their points and comparisons, with the source to print beside."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yui.governance.statistics.engine.comparison import Comparison, compare_lines
from yui.governance.statistics.errors import SeriesUnknown
from yui.governance.statistics.formats.contents import storable
from yui.governance.statistics.models import Observation, Series, Topic
from yui.governance.statistics.periods import period_label
from yui.governance.statistics.queries.observations import ward_lines
from yui.governance.statistics.queries.series import series_for, series_named
from yui.kernel.calendar_jp import TOKYO
from yui.kernel.policy import Actor

__all__ = [
    "Comparison",
    "Point",
    "SeriesLine",
    "SeriesUnknown",
    "SourceLine",
    "Topic",
    "compare",
    "compare_lines",
    "latest_point",
    "points_of",
    "read_series",
    "series_choices",
    "series_of_topic",
]


@dataclass(frozen=True)
class SourceLine:
    """What is printed beside a figure.

    Attributes:
        code: code of the source.
        title: its title.
        publisher: who published it.
        address: where, as a web address, or empty.
        licence: the terms of use, in the reader's language.
        retrieved_on: the newest day on which figures were fetched from it.
        is_illustrative: whether its figures are made up (架空).
        url: the page of the source in Yui.
    """

    code: str
    title: str
    publisher: str
    address: str
    licence: str
    retrieved_on: date
    is_illustrative: bool
    url: str


@dataclass(frozen=True)
class SeriesLine:
    """A series: ``decimals`` is how many decimal places to show, ``title`` in the reader's language."""

    code: str
    title: str
    unit: str
    decimals: int
    topic: str
    frequency: str
    description: str
    source: SourceLine
    url: str


@dataclass(frozen=True)
class Point:
    """The current value of one period. A missing one has the sign that the publisher wrote, such as ``X``.

    ``is_revised`` tells that an earlier retrieval said otherwise, or that the publisher marks it as revised.
    """

    starts_on: date
    period_label: str
    value: Decimal | None
    missing: str
    is_revised: bool


def series_of_topic(actor: Actor, topic: str) -> tuple[SeriesLine, ...]:
    """Return the series of a topic that have figures, as far as the reader may see them."""
    found = series_for(actor).filter(topic=topic, latest_on__isnull=False)
    return tuple(_line(each) for each in found)


def read_series(actor: Actor, code: str) -> SeriesLine:
    """Return one series.

    Raises:
        SeriesUnknown: when no series that the reader may see has the code.
    """
    return _line(series_named(actor, code))


def series_choices(actor: Actor) -> list[tuple[str, str]]:
    """Return code and title of every series with figures, for a form."""
    found = series_for(actor).filter(latest_on__isnull=False)
    return [(each.code, f"{each.name}({each.source.publisher})") for each in found]


def points_of(actor: Actor, series_code: str, area_code: str) -> tuple[Point, ...]:
    """Return the current values of an area (six digits; ``000000`` is the nation), oldest first.

    Raises:
        SeriesUnknown: when no series that the reader may see has the code.
    """
    series = series_named(actor, series_code)
    rows = list(
        Observation.objects.visible_to(actor)
        .filter(series=series, area_code=storable(area_code))
        .order_by("starts_on", "pk")
    )
    revised = {each.starts_on for each in rows if each.superseded_by_id is not None}
    return tuple(
        Point(
            each.starts_on,
            period_label(each.starts_on, series.frequency),
            each.value,
            each.missing,
            each.is_marked_revised or each.starts_on in revised,
        )
        for each in rows
        if each.superseded_by_id is None
    )


def latest_point(actor: Actor, series_code: str, area_code: str) -> Point | None:
    """Return the last point of an area that has a value; None where it has none.

    Raises:
        SeriesUnknown: when no series that the reader may see has the code.
    """
    known = [each for each in points_of(actor, series_code, area_code) if each.value is not None]
    return known[-1] if known else None


def compare(actor: Actor, series_code: str, ward_code: str | None) -> Comparison:
    """Set a ward (six digits; None for no ward) beside the median of the wards and the nation.

    Raises:
        SeriesUnknown: when no series that the reader may see has the code.
    """
    return ward_lines(actor, series_named(actor, series_code)).beside(ward_code)


def _line(series: Series) -> SeriesLine:
    source = series.source
    retrieved_on = series.retrieved_on or source.created_at.astimezone(TOKYO).date()
    return SeriesLine(
        code=series.code,
        title=series.name,
        unit=series.unit,
        decimals=series.decimals,
        topic=series.topic,
        frequency=series.frequency,
        description=series.description,
        source=SourceLine(
            code=source.code,
            title=source.title,
            publisher=source.publisher,
            address=source.address,
            licence=str(source.get_licence_display()),
            retrieved_on=retrieved_on,
            is_illustrative=source.is_illustrative,
            url=source.get_absolute_url(),
        ),
        url=series.get_absolute_url(),
    )
