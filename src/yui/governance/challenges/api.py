"""``GET /api/v1/challenges`` and ``/logic-models/{pillar}``: challenges, and what is done about them."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from yui.governance.challenges.models.challenge import PILLARS
from yui.governance.challenges.queries.logic_model import logic_model
from yui.governance.challenges.queries.model_rows import challenge_row, model_rows
from yui.governance.challenges.queries.records import challenges_for
from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.policy import Actor

router = Router()
YEARS = range(1950, 2200)


class ChallengeOut(Schema):
    """One challenge; ``evidence`` counts the pieces of evidence behind it."""

    id: int
    code: str
    title: str
    whose: str
    pillars: list[int]
    statement: str
    harm_if_left: str
    state: str
    evidence: int
    is_quoted: bool
    organisation: str


class NodeOut(Schema):
    """One box: a challenge, an initiative or an indicator; ``value`` is null where there is no data."""

    key: str
    column: str
    title: str
    value: float | None
    unit: str
    target: str
    status: str


class ArrowOut(Schema):
    """One arrow between two boxes (their keys), with why it is believed and on what it stands."""

    id: int
    source: str
    target: str
    kind: str
    strength: str
    assumption: str
    basis: str
    is_quoted: bool


class GapOut(Schema):
    """Something missing: at a box (its key) or in an arrow (its id)."""

    kind: str
    node: str | None
    arrow: int | None


class LogicModelOut(Schema):
    """The logic model of a pillar in a month."""

    pillar: int
    title: str
    month: str
    nodes: list[NodeOut]
    arrows: list[ArrowOut]
    gaps: list[GapOut]


def _member(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_member:
        raise HttpError(403, "no membership")
    return actor


@router.get("/challenges", response=list[ChallengeOut])
def list_challenges(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the challenges that the reader may see, in their order."""
    return [challenge_row(each) for each in challenges_for(_member(request))]


@router.get("/logic-models/{pillar}", response=LogicModelOut)
def get_logic_model(request: HttpRequest, pillar: int, month: str = "") -> dict[str, Any]:
    """Return the logic model of a pillar (1 to 3) for a month (2026-10; the newest by default)."""
    actor = _member(request)
    if pillar not in PILLARS:
        raise HttpError(404, "no such pillar")
    return model_rows(logic_model(actor, pillar, _month(month)))


def _month(text: str) -> Month | None:
    """Return the month that a text names; None for an empty one."""
    if not text:
        return None
    try:
        month = Month.parse(text[:20])
    except DateNotUnderstood as error:
        raise HttpError(422, str(error)) from error
    if month.year not in YEARS:
        raise HttpError(422, "no such month")
    return month
