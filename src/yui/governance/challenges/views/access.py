"""What every page of the room asks first: which record, which month, in whose name."""

from django.http import Http404, HttpRequest

from yui.governance.challenges.models import (
    Challenge,
    ChallengeEvidence,
    Initiative,
    InitiativeEvidence,
    Link,
)
from yui.governance.challenges.policies import may_keep
from yui.governance.challenges.queries.records import challenges_for, initiatives_for, visible_link
from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.models import ScopedModel
from yui.kernel.ui.asking import actor_of, visible_or_404

Evidence = ChallengeEvidence | InitiativeEvidence
YEARS = range(1950, 2200)
"""Years that somebody may ask about: figures reach years back from each month."""
MOST_KEY = 2**63 - 1
"""The greatest key that a database can hold; an address may name a greater one."""


def visible_challenge(request: HttpRequest, pk: int) -> Challenge:
    """Return a challenge, or answer 404."""
    found: Challenge = visible_or_404(challenges_for(actor_of(request)), pk=_key(pk))
    return found


def visible_initiative(request: HttpRequest, pk: int) -> Initiative:
    """Return an initiative, or answer 404."""
    found: Initiative = visible_or_404(initiatives_for(actor_of(request)), pk=_key(pk))
    return found


def visible_evidence(request: HttpRequest, model: type[Evidence], pk: int) -> Evidence:
    """Return a piece of evidence with its record, or answer 404."""
    rows = model.objects.visible_to(actor_of(request)).select_related(f"{model.scope_path}__organisation")
    found: Evidence = visible_or_404(rows, pk=_key(pk))
    return found


def visible_arrow(request: HttpRequest, pk: int) -> Link:
    """Return an arrow of which the reader sees both ends, or answer 404."""
    found = visible_link(actor_of(request), _key(pk))
    if found is None:
        raise Http404
    return found


def require_keep(request: HttpRequest, record: ScopedModel) -> None:
    """Answer 403 to whoever sees a record but may not change it."""
    if not may_keep(actor_of(request), record):
        raise PermissionRefused(actor_of(request), Verb.EDIT)


def asked_month(request: HttpRequest) -> Month | None:
    """Return the month that the address names, None where it names none; answers 404 to what is no month."""
    text = request.GET.get("month", "")
    if not text:
        return None
    try:
        month = Month.parse(text[:20])
    except DateNotUnderstood as error:
        raise Http404(str(error)) from error
    if month.year not in YEARS:
        raise Http404
    return month


def _key(pk: int) -> int:
    """Return a key that the database can be asked for, or answer 404."""
    if pk > MOST_KEY:
        raise Http404
    return pk
