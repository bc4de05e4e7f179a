"""Which questions wait so long that the watch carries them on, and to whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q

from yui.kernel.calendar_jp import now, today
from yui.kernel.policy import Verb
from yui.kernel.policy.roles import GRANTS
from yui.kernel.scope.models import Organisation
from yui.organisations.public import Membership
from yui.people.commons.engine.watching import NUDGE_AFTER, SERVICE_LEVEL, stages_due, waited
from yui.people.commons.models import PostKind, Question, QuestionState, WatchStage, WatchStep

WHY = "the watch looks after the questions of every ward"
IMPORTED_AFTER = timedelta(days=7)
"""Imported questions asked longer ago than this are left in peace."""


@dataclass(frozen=True)
class DueStep:
    """A question that is to be carried on to a stage now."""

    question_id: int
    stage: WatchStage


def due_steps(at: datetime | None = None) -> list[DueStep]:
    """Return what is due at a moment, in the order of asking, the stages of a question in their order."""
    moment = at or now()
    return [*_unanswered(moment), *_unsettled(moment)]


def watched() -> Any:
    """Return the questions that the watch looks after: on the pages, open, not locked, not old imports."""
    fresh = Q(source_key="") | Q(asked_at__gte=now() - IMPORTED_AFTER)
    return Question.objects.unscoped(WHY).shown().filter(fresh, state=QuestionState.OPEN, is_locked=False)


def _unanswered(at: datetime) -> list[DueStep]:
    last = WatchStep.objects.unscoped(WHY).filter(question=OuterRef("pk"), stage=WatchStage.COORDINATOR)
    waiting = (
        watched()
        .filter(first_answer_at__isnull=True, asked_at__lte=at - SERVICE_LEVEL)
        .exclude(Exists(last))
        .order_by("asked_at", "pk")
    )
    rows = list(waiting.values_list("pk", "asked_at"))
    steps = WatchStep.objects.unscoped(WHY).filter(question_id__in=[key for key, _asked in rows])
    done = set(steps.values_list("question_id", "stage"))
    return [
        DueStep(key, WatchStage(stage))
        for key, asked_at in rows
        for stage in stages_due(waited(asked_at, at))
        if (key, stage) not in done
    ]


def _unsettled(at: datetime) -> list[DueStep]:
    nudged = WatchStep.objects.unscoped(WHY).filter(question=OuterRef("pk"), stage=WatchStage.NUDGE)
    answers = Q(posts__kind=PostKind.ANSWER, posts__hidden_at__isnull=True)
    open_ones = (
        watched()
        .filter(first_answer_at__lte=at - NUDGE_AFTER)
        .exclude(Exists(nudged))
        .annotate(last_answer_at=Max("posts__posted_at", filter=answers))
        .filter(last_answer_at__lte=at - NUDGE_AFTER)
        .order_by("asked_at", "pk")
    )
    return [DueStep(key, WatchStage.NUDGE) for key in open_ones.values_list("pk", flat=True)]


def people_of(organisation: Organisation, verb: Verb) -> list[int]:
    """Return those who may do ``verb`` in a body today."""
    roles = [role for role, verbs in GRANTS.items() if verb in verbs]
    held = Membership.objects.owned_by(organisation).valid_on(today()).filter(role__in=roles)
    return sorted(set(held.values_list("user_id", flat=True)))
