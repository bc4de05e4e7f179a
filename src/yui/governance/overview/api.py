"""``GET /api/v1/overview/{view}``: the panels of a view, with their figures, sources and dates."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from yui.governance.indicators.public import UnknownMonth, UnknownWard
from yui.governance.overview.errors import UnknownView
from yui.governance.overview.panels.views import view_of
from yui.governance.overview.queries.question import ask
from yui.governance.overview.rows import as_dict
from yui.kernel.ui.asking import actor_of

router = Router()


class SourceOut(Schema):
    """Where the figures of a panel come from."""

    text: str
    url: str
    records_url: str


class PanelOut(Schema):
    """One panel; ``rows`` holds numbers as numbers and null for no data."""

    code: str
    title: str
    has_data: bool
    finding: str
    note: str
    as_of: str | None
    sources: list[SourceOut]
    advice: str
    columns: list[str]
    rows: list[list[float | str | None]]


class ViewOut(Schema):
    """One of the four views."""

    code: str
    title: str
    month: str
    ward: str
    panels: list[PanelOut]


@router.get("/overview/{view}", response=ViewOut)
def get_overview(request: HttpRequest, view: str, month: str = "", ward: str = "") -> dict[str, Any]:
    """Return a view: `migration`, `costs`, `threats` or `people`; `ward` is set beside the others."""
    actor = actor_of(request)
    if not actor.is_member:
        raise HttpError(403, "no membership")
    try:
        question = ask(actor, month[:40], ward[:40])
    except (UnknownMonth, UnknownWard) as error:
        raise HttpError(400, str(error)) from error
    try:
        return as_dict(question, view_of(question, view))
    except UnknownView as error:
        raise HttpError(404, str(error)) from error
