"""``GET /api/v1/reports``: the reports, and one with what its newest edition says."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.errors import HttpError

from yui.governance.reports.models import Report
from yui.governance.reports.queries.reports import content_of, edition_of, editions_of, reports_for
from yui.kernel.policy import Actor

router = Router()


class ReportOut(Schema):
    """One report; ``last_day`` belongs to the period."""

    id: int
    organisation: str
    kind: str
    first_day: date
    last_day: date
    state: str
    closed_at: datetime | None
    published_at: datetime | None


class EditionOut(Schema):
    """One edition; ``sha256`` is that of its canonical content."""

    audience: str
    number: int
    sha256: str
    made_at: datetime
    made_from: str


class ReportContentOut(ReportOut):
    """A report with its editions, the newest first, and the content of the council's newest."""

    editions: list[EditionOut]
    content: dict[str, Any] | None


def _member(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_member:
        raise HttpError(403, "no membership")
    return actor


def report_facts(report: Report) -> dict[str, Any]:
    """Return what is told of a report in lists."""
    return {
        "id": report.pk,
        "organisation": report.organisation.code,
        "kind": report.kind,
        "first_day": report.period.start,
        "last_day": report.period.last_day,
        "state": report.state,
        "closed_at": report.closed_at,
        "published_at": report.published_at,
    }


@router.get("/reports", response=list[ReportOut])
def list_reports(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the reports that the reader may see."""
    return [report_facts(each) for each in reports_for(_member(request))]


@router.get("/reports/{report_id}", response=ReportContentOut)
def get_report(request: HttpRequest, report_id: int) -> dict[str, Any]:
    """Return one report with its editions and the content of the council's newest."""
    actor = _member(request)
    report = get_object_or_404(reports_for(actor), pk=report_id)
    newest = edition_of(actor, report)
    return report_facts(report) | {
        "editions": editions_of(actor, report),
        "content": content_of(newest) if newest else None,
    }
