"""``GET /api/v1/statistics``: the series with their sources, and the current figures of one."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from yui.governance.statistics.errors import SeriesUnknown
from yui.governance.statistics.formats.contents import storable
from yui.governance.statistics.models import Series
from yui.governance.statistics.periods import period_label
from yui.governance.statistics.queries.observations import current_values
from yui.governance.statistics.queries.series import series_for, series_named
from yui.governance.statistics.words import plain

router = Router()


class SourceOut(Schema):
    """The source of a series; ``is_illustrative`` says that its figures are made up."""

    code: str
    title: str
    publisher: str
    address: str
    licence: str
    is_illustrative: bool


class SeriesOut(Schema):
    """One series; ``latest`` is the first day of its last period."""

    code: str
    title: str
    unit: str
    topic: str
    frequency: str
    description: str
    retrieved_on: date | None
    latest: date | None
    source: SourceOut


class ValueOut(Schema):
    """One current figure. ``missing`` is the publisher's sign where there is no value."""

    area: str
    starts_on: date
    period: str
    value: Decimal | None
    missing: str
    is_provisional: bool
    is_revised: bool
    retrieved_on: date


class SeriesValuesOut(SeriesOut):
    """A series with its current figures, oldest period first."""

    values: list[ValueOut]


def _member(request: HttpRequest) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_member:
        raise HttpError(403, "no membership")
    return actor


@router.get("/statistics", response=list[SeriesOut])
def list_statistics(request: HttpRequest, topic: str = "") -> list[dict[str, Any]]:
    """Return the series that the reader may see; of one topic where it is named."""
    found = series_for(_member(request))
    return [_series(each) for each in (found.filter(topic=storable(topic)) if topic else found)]


@router.get("/statistics/{code}", response=SeriesValuesOut)
def get_statistics(request: HttpRequest, code: str, area: str = "") -> dict[str, Any]:
    """Return a series with its current figures; of one area (six digits) where it is named."""
    actor = _member(request)
    try:
        series = series_named(actor, code)
    except SeriesUnknown as error:
        raise HttpError(404, str(error)) from error
    values = current_values(actor, series, [storable(area)] if area else None)
    return _series(series) | {
        "values": [
            {
                "area": each.area_code,
                "starts_on": each.starts_on,
                "period": period_label(each.starts_on, series.frequency),
                "value": None if each.value is None else plain(each.value),
                "missing": each.missing,
                "is_provisional": each.is_provisional,
                "is_revised": each.is_marked_revised,
                "retrieved_on": each.confirmed_on,
            }
            for each in values
        ]
    }


def _series(series: Series) -> dict[str, Any]:
    source = series.source
    return {
        "code": series.code,
        "title": series.name,
        "unit": series.unit,
        "topic": series.topic,
        "frequency": series.frequency,
        "description": series.description,
        "retrieved_on": series.retrieved_on,
        "latest": series.latest_on,  # type: ignore[attr-defined]
        "source": {
            "code": source.code,
            "title": source.title,
            "publisher": source.publisher,
            "address": source.address,
            "licence": str(source.get_licence_display()),
            "is_illustrative": source.is_illustrative,
        },
    }
