"""What every page of the room asks first: who reads, which set, which round."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from yui.governance.priorities.models import PrioritySet, Round
from yui.governance.priorities.policies import may_decide, may_keep
from yui.governance.priorities.queries.sets import rounds_of, sets_for
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.ui.asking import actor_of


def visible_set(request: HttpRequest, pk: int) -> PrioritySet:
    """Return a set, or answer 404: one that the reader may not see does not exist for him."""
    found: PrioritySet = get_object_or_404(sets_for(actor_of(request)), pk=pk)
    return found


def asked_round(request: HttpRequest, priority_set: PrioritySet) -> tuple[Round, list[Round]]:
    """Return the round that the address names (else the last), and all; an unknown one answers 404."""
    rounds = rounds_of(actor_of(request), priority_set)
    number = request.GET.get("round", "")
    chosen = [each for each in rounds if str(each.number) == number] if number else rounds[-1:]
    if not chosen:
        raise Http404
    # The round's own set is the one at hand; following the reference would ask for it once more.
    chosen[0].priority_set = priority_set
    return chosen[0], rounds


def require_keep(request: HttpRequest, priority_set: PrioritySet) -> None:
    """Answer 403 to whoever sees the set but may not keep it."""
    if not may_keep(actor_of(request), priority_set):
        raise PermissionRefused(actor_of(request), Verb.EDIT)


def require_decide(request: HttpRequest, priority_set: PrioritySet) -> None:
    """Answer 403 to whoever sees the set but may not move it on."""
    if not may_decide(actor_of(request), priority_set):
        raise PermissionRefused(actor_of(request), Verb.APPROVE)
