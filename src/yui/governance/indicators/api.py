"""``GET /api/v1/indicators``: the tree, and the records behind one figure."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from yui.governance.indicators.errors import IndicatorQuestionError
from yui.governance.indicators.queries.figures import figures
from yui.governance.indicators.queries.questions import read_indicator, read_month, read_scopes
from yui.governance.indicators.queries.tree_rows import tree_rows

router = Router()
PAGE_ROWS = 200


class IndicatorOut(Schema):
    """One indicator of one scope; ``value`` is null where there is no data."""

    code: str
    level: str
    pillar: int
    title: str
    value: float | None
    unit: str
    target: float | None
    status: str
    numerator: float | None
    denominator: float | None
    records: int
    ward: str
    month: str
    measure: str
    note: str


class RecordOut(Schema):
    """One record behind a figure."""

    cells: dict[str, str]
    url: str | None


class RecordsOut(Schema):
    """A page of the records behind a figure, as far as the reader may see them."""

    count: int
    records: list[RecordOut]


def _member(request: HttpRequest) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_member:
        raise HttpError(403, "no membership")
    return actor


@router.get("/indicators", response=list[IndicatorOut])
def list_indicators(request: HttpRequest, month: str = "", ward: str = "") -> list[dict[str, Any]]:
    """Return the tree of a month (2026-10; else the last closed one) for a ward's code, `all`, or jointly."""
    actor = _member(request)
    try:
        rows = tree_rows(actor, read_month(month), read_scopes(ward))
    except IndicatorQuestionError as error:
        raise HttpError(400, str(error)) from error
    return [row.as_dict() for row in rows]


@router.get("/indicators/{code}/records", response=RecordsOut)
def list_records(
    request: HttpRequest, code: str, month: str = "", ward: str = "", offset: int = 0, limit: int = PAGE_ROWS
) -> dict[str, Any]:
    """Return the records behind one figure, a page at a time."""
    actor = _member(request)
    try:
        indicator, scopes = read_indicator(code), read_scopes(ward)
        wanted = read_month(month)
    except IndicatorQuestionError as error:
        raise HttpError(404, str(error)) from error
    figure = figures(wanted, scopes[:1], [indicator], history_months=1)[indicator.code, scopes[0].code]
    if figure.measure is None:
        return {"count": 0, "records": []}
    evidence = figure.measure.evidence
    keys = [column.key for column in evidence.columns]
    rows = evidence.rows(actor, max(0, offset), max(1, min(limit, PAGE_ROWS)))
    return {
        "count": evidence.count(actor),
        "records": [{"cells": dict(zip(keys, row.cells, strict=True)), "url": row.url} for row in rows],
    }
