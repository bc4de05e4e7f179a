"""Read endpoints of improvement proposals."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from yui.kernel.calendar_jp import FiscalYear, today
from yui.kernel.policy import Actor
from yui.kernel.tables.api_pages import Page, asking, page_of
from yui.people.practices.models import (
    AuthorState,
    Proposal,
    ProposalAuthor,
    ProposalBaseline,
    ProposalEffect,
)
from yui.people.practices.queries.proposals.growth import growth_figures
from yui.people.practices.queries.proposals.listing import proposals_for

router = Router()


class ProposalOut(Schema):
    """A proposal; ``votes`` is a number of people whom nobody can name."""

    id: int
    organisation_code: str
    number: str
    fiscal_year: int | None
    kind: str
    category: str
    title: str
    stage: str
    due_on: date | None
    submitted_on: date | None
    outcome: str
    decided_on: date | None
    votes: int
    url: str


class EffectOut(Schema):
    """One look at the effect; hours and yen are savings in a year."""

    phase: str
    grade: str
    measured_on: date
    hours: Decimal | None
    yen_yearly: int | None
    yen_once: int | None


class ProposalDetail(ProposalOut):
    """A proposal with its text; ``authors`` is empty while they are hidden."""

    present: str
    idea: str
    group_name: str
    authors: list[str]
    decision_reason: str
    expected_hours: Decimal | None
    expected_yen_yearly: int | None
    expected_yen_once: int | None
    effects: list[EffectOut]


class ProposalList(Schema):
    """A page of proposals and how many there are."""

    count: int
    items: list[ProposalOut]


class ProposalPage(Page):
    """Which proposals, narrowed further by stage, kind and whether they are overdue."""

    stage: str = ""
    kind: str = ""
    overdue: bool = False


class BaselineOut(Schema):
    """A frozen baseline; ``source`` is ``counted`` or ``stated``."""

    organisation_code: str
    kind: str
    fiscal_year: int
    version: int
    count: int
    source: str
    source_note: str
    definition: str

    @staticmethod
    def resolve_organisation_code(baseline: ProposalBaseline) -> str:
        """Return the ward's code."""
        return baseline.organisation.code


class WardGrowthOut(Schema):
    """One ward: proposals by fiscal year, null where nothing is on record, which is not zero."""

    organisation_code: str
    counts: dict[str, int | None]
    baseline: int | None
    ratio: float | None


class GrowthOut(Schema):
    """All wards; ``ratio`` compares those that have both a baseline and records."""

    fiscal_year: int
    proposals: int
    baseline: int
    ratio: float | None
    wards: list[WardGrowthOut]


@router.get("", response=ProposalList, summary="Improvement proposals")
def list_proposals(request: HttpRequest, page: Query[ProposalPage]) -> dict[str, Any]:
    """Return the proposals that the asking person may see, newest first."""
    proposals = proposals_for(asking(request)).order_by("-pk")
    if page.stage:
        proposals = proposals.filter(stage=page.stage)
    if page.kind:
        proposals = proposals.filter(kind=page.kind)
    if page.overdue:
        proposals = proposals.filter(due_on__lt=today())
    count, records = page_of(proposals, page)
    return {"count": count, "items": [summary_of(proposal) for proposal in records]}


@router.get("/growth", response=GrowthOut, summary="Growth against the baseline")
def get_growth(request: HttpRequest, fiscal_year: int | None = None) -> dict[str, Any]:
    """Return how proposals grew up to a fiscal year, the last one that is over unless given."""
    present = FiscalYear.of(today()).year
    asked = present - 1 if fiscal_year is None else fiscal_year
    year = max(present - 50, min(asked, present))
    figures = growth_figures(year)
    latest = figures.latest
    return {
        "fiscal_year": year,
        "proposals": latest.proposals,
        "baseline": latest.baseline,
        "ratio": latest.ratio,
        "wards": [
            {
                "organisation_code": each.ward.code,
                "counts": {str(of): count for of, count in zip(figures.years, each.counts, strict=True)},
                "baseline": each.baseline,
                "ratio": each.ratio,
            }
            for each in figures.wards
        ],
    }


@router.get("/baselines", response=list[BaselineOut], summary="Frozen baselines")
def list_baselines(request: HttpRequest) -> Any:
    """Return every version of every baseline."""
    baselines = ProposalBaseline.objects.visible_to(asking(request)).select_related("organisation")
    return baselines.order_by("organisation__sort_order", "kind", "version")


@router.get("/{proposal_id}", response=ProposalDetail, summary="One improvement proposal")
def get_proposal(request: HttpRequest, proposal_id: int) -> Any:
    """Return one proposal; one that the asking person may not see does not exist."""
    actor = asking(request)
    return detail_of(actor, get_object_or_404(proposals_for(actor), pk=proposal_id))


def summary_of(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal as a list shows it."""
    names = ("id", "number", "fiscal_year", "kind", "title", "stage", "due_on", "submitted_on", "outcome")
    return {name: getattr(proposal, name) for name in names} | {
        "organisation_code": proposal.organisation.code,
        "category": proposal.category.name if proposal.category else "",
        "decided_on": proposal.decided_on,
        "votes": proposal.vote_count,  # type: ignore[attr-defined]
        "url": proposal.get_absolute_url(),
    }


def detail_of(actor: Actor, proposal: Proposal) -> dict[str, Any]:
    """Return a proposal with its text and parts, as far as the actor may know them."""
    authors = ProposalAuthor.objects.visible_to(actor).filter(proposal=proposal, state=AuthorState.ACCEPTED)
    texts = ("present", "idea", "group_name", "decision_reason")
    expected = ("expected_hours", "expected_yen_yearly", "expected_yen_once")
    return (
        summary_of(proposal)
        | {name: getattr(proposal, name) for name in (*texts, *expected)}
        | {
            "authors": [author.user.name for author in authors.select_related("user")],
            "effects": list(ProposalEffect.objects.visible_to(actor).filter(proposal=proposal)),
        }
    )
