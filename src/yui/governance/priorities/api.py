"""``GET /api/v1/priorities``: the sets, and the ranking of one with its robustness."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.errors import HttpError

from yui.governance.priorities.queries.rank_rows import rank_rows
from yui.governance.priorities.queries.sets import sets_for

router = Router()


class SetOut(Schema):
    """One set of options."""

    id: int
    code: str
    title: str
    state: str
    organisation: str


class RankedOption(Schema):
    """One option, best first; ``acceptability`` is its share of the weight space for each rank."""

    code: str
    title: str
    score: float
    rank: int
    acceptability: list[float]


class FlipOut(Schema):
    """The smallest change of weights that puts a rival level with the first option."""

    first: str
    rival: str
    change: float
    weights: dict[str, float]


class RankingOut(Schema):
    """A ranking; ``options`` is empty while scores are missing, ``draws`` 0 where shares are exact."""

    set: str
    title: str
    state: str
    round: int
    is_illustrative: bool
    weights: dict[str, float]
    options: list[RankedOption]
    order_share: float | None
    flips: list[FlipOut]
    kendall_w: float | None
    draws: int


def _member(request: HttpRequest) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_member:
        raise HttpError(403, "no membership")
    return actor


@router.get("/priorities", response=list[SetOut])
def list_priorities(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the sets that the reader may see."""
    return [
        {
            "id": each.pk,
            "code": each.code,
            "title": each.title,
            "state": each.state,
            "organisation": each.organisation.code,
        }
        for each in sets_for(_member(request))
    ]


@router.get("/priorities/{set_id}", response=RankingOut)
def get_priorities(request: HttpRequest, set_id: int) -> dict[str, Any]:
    """Return the ranking of a set's newest round under the weights between the wards'."""
    actor = _member(request)
    return rank_rows(actor, get_object_or_404(sets_for(actor), pk=set_id))
