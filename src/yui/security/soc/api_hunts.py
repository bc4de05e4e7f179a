"""Endpoints of saved hunts: the questions, not their answers."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from yui.kernel.tables.api_pages import Page, asking, page_of
from yui.security.soc.models import SavedHunt
from yui.security.soc.queries.hunting.saved import latest_counts, saved_hunts

router = Router()
DAYS_TOLD = 31


class SavedHuntOut(Schema):
    """A saved hunt; ``sharing`` is private, organisation or wards, ``span`` how far back it looks."""

    id: int
    organisation_code: str
    name: str
    text: str
    span: str
    why: str
    sharing: str
    is_daily: bool
    updated_at: datetime
    url: str

    @staticmethod
    def resolve_organisation_code(hunt: SavedHunt) -> str:
        """Return the code of the hunt's organisation."""
        return hunt.organisation.code

    @staticmethod
    def resolve_url(hunt: SavedHunt) -> str:
        """Return the address of the hunt's page."""
        return hunt.get_absolute_url()


class DailyCountOut(Schema):
    """What a daily hunt found among the events of a day; ``count`` is null where ``problem`` says why."""

    day: date
    count: int | None
    problem: str


class SavedHuntInFull(Schema):
    """A saved hunt with its counts of the last days, the newest first."""

    hunt: SavedHuntOut
    counts: list[DailyCountOut]


class SavedHuntList(Schema):
    """A page of saved hunts and how many there are."""

    count: int
    items: list[SavedHuntOut]


@router.get("/hunts", response=SavedHuntList, summary="Saved hunts")
def list_saved_hunts(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    """Return the saved hunts that the asking person finds, by name."""
    count, records = page_of(saved_hunts(asking(request)), page)
    return {"count": count, "items": list(records)}


@router.get("/hunts/{hunt_id}", response=SavedHuntInFull, summary="One saved hunt")
def get_saved_hunt(request: HttpRequest, hunt_id: int) -> Any:
    """Return one saved hunt; one that the asking person does not find does not exist."""
    hunt = get_object_or_404(saved_hunts(asking(request)), pk=hunt_id)
    return {"hunt": hunt, "counts": latest_counts(asking(request), hunt, DAYS_TOLD)}
