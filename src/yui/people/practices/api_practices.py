"""Read endpoints of good practices and adoptions."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from yui.kernel.tables.api_pages import Page, asking, page_of
from yui.people.practices.models import Adoption, Practice
from yui.people.practices.queries.practices.listing import practices_for
from yui.people.practices.queries.practices.reading import reading_of

router = Router()


class PracticeOut(Schema):
    """A practice; ``adopting`` counts the wards that took it up, ``using`` those that work that way."""

    id: int
    organisation_code: str
    title: str
    kind: str
    state: str
    licence: str
    registered_at: datetime | None
    expires_on: date | None
    adopting: int
    using: int
    url: str

    @staticmethod
    def resolve_organisation_code(practice: Practice) -> str:
        """Return the code of the ward that tells of it."""
        return practice.organisation.code

    @staticmethod
    def resolve_url(practice: Practice) -> str:
        """Return the address of its page."""
        return practice.get_absolute_url()


class EffectOut(Schema):
    """A figure; ``grade`` is estimated, measured or compared."""

    name: str
    unit: str
    before: Decimal
    after: Decimal
    volume_per_year: int | None
    grade: str
    measured_on: date | None


class WholePracticeOut(Schema):
    """A practice with the text that the asking person sees; sections are Markdown."""

    practice: PracticeOut
    version: str
    problem: str
    approach: str
    effect_note: str
    cost_note: str
    staffing: str
    preconditions: str
    reuse_steps: str
    pitfalls: str
    initial_yen: int | None
    annual_yen: int | None
    effects: list[EffectOut]


class AdoptionOut(Schema):
    """How one ward took a practice up."""

    id: int
    practice_id: int
    ward_code: str
    state: str
    begun_on: date
    introduced_on: date | None
    days_to_adopt: int | None

    @staticmethod
    def resolve_ward_code(adoption: Adoption) -> str:
        """Return the code of the adopting ward."""
        return adoption.ward.code


class PracticeList(Schema):
    """A page of practices and how many there are."""

    count: int
    items: list[PracticeOut]


class AdoptionList(Schema):
    """A page of adoptions and how many there are."""

    count: int
    items: list[AdoptionOut]


@router.get("/", response=PracticeList, summary="Good practices")
def list_practices(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    """Return the practices that the asking person may see, the latest registered first."""
    count, records = page_of(practices_for(asking(request)).order_by("-registered_at", "-pk"), page)
    return {"count": count, "items": list(records)}


@router.get("/adoptions", response=AdoptionList, summary="Adoptions of good practices")
def list_adoptions(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    """Return the adoptions of practices that the asking person may see; ``organisation`` is the adopter."""
    adoptions = (
        Adoption.objects.visible_to(asking(request)).select_related("ward").order_by("-begun_on", "-pk")
    )
    count, records = page_of(adoptions, page, "ward")
    return {"count": count, "items": list(records)}


@router.get("/{practice_id}", response=WholePracticeOut, summary="One good practice")
def get_practice(request: HttpRequest, practice_id: int) -> dict[str, Any]:
    """Return one practice; one that the asking person may not see does not exist."""
    actor = asking(request)
    practice = get_object_or_404(practices_for(actor), pk=practice_id)
    reading = reading_of(actor, practice)
    texts = (
        "problem",
        "approach",
        "effect_note",
        "cost_note",
        "staffing",
        "preconditions",
        "reuse_steps",
        "pitfalls",
        "initial_yen",
        "annual_yen",
    )
    return {
        "practice": practice,
        "version": reading.version.label,
        **{name: getattr(reading.version, name) for name in texts},
        "effects": list(reading.effects),
    }
