"""What waits for an answer, how long, at which stage; and how often the service level was met."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from yui.kernel.calendar_jp import TOKYO, now, today
from yui.kernel.policy import Actor, Verb, allows
from yui.people.commons.engine.watching import SERVICE_LEVEL, waited
from yui.people.commons.models import HelpRequest, Post, PostKind, Question, WatchStage, WatchStep
from yui.people.commons.policies import is_secretariat

MOST = 200
_PART = "part of a question that was read"
_MINUTES = int(SERVICE_LEVEL.total_seconds() // 60)


@dataclass(frozen=True)
class Waiting:
    """A question without an answer of somebody else.

    Attributes:
        waited: opening time since it was asked.
        stage: the last stage to which it was carried; None before the first.
        asked: how many people were asked.
        names: who was asked, for moderators of a question under a name.
    """

    question: Question
    waited: timedelta
    is_late: bool
    stage: WatchStage | None
    asked: int
    names: Sequence[str]

    @property
    def hours(self) -> float:
        """The opening time waited, in hours."""
        return self.waited.total_seconds() / 3600


@dataclass(frozen=True)
class ServiceLevel:
    """Of this month's questions that the reader may see: those answered in time, of those judged.

    A question is judged once it is answered by somebody else, or has waited longer than the level. What was
    closed without an answer is no part of it.
    """

    met: int
    judged: int

    @property
    def share(self) -> float | None:
        """The share met in percent; None while nothing is judged."""
        return 100 * self.met / self.judged if self.judged else None


def waiting_for(actor: Actor) -> list[Waiting]:
    """Return the questions that the reader may see and nobody answered, the longest waiting first."""
    questions = list(
        Question.objects.visible_to(actor)
        .shown()
        .unanswered()
        .select_related("organisation")
        .order_by("asked_at", "pk")[:MOST]
    )
    keys = [question.pk for question in questions]
    steps = _stages(keys)
    requests = HelpRequest.objects.unscoped(_PART).filter(question_id__in=keys).select_related("user")
    asked: dict[int, list[str]] = defaultdict(list)
    for request in requests.order_by("asked_at", "pk"):
        asked[request.question_id].append(request.user.name)
    openings = Post.objects.unscoped(_PART).filter(question_id__in=keys, kind=PostKind.QUESTION)
    named = set(openings.filter(is_unnamed=False).values_list("question_id", flat=True))
    at, is_office = now(), is_secretariat(actor)
    return [
        Waiting(
            question=question,
            waited=(passed := waited(question.asked_at, at)),
            is_late=passed >= SERVICE_LEVEL,
            stage=steps.get(question.pk),
            asked=len(asked[question.pk]),
            names=asked[question.pk]
            if question.pk in named and (is_office or allows(actor, Verb.ADMINISTER, question.organisation))
            else (),
        )
        for question in questions
    ]


def _stages(keys: Sequence[int]) -> dict[int, WatchStage]:
    """Return the last stage of each question."""
    steps = WatchStep.objects.unscoped(_PART).filter(question_id__in=keys).exclude(stage=WatchStage.NUDGE)
    order = [stage.value for stage in WatchStage]
    found: dict[int, WatchStage] = {}
    for key, stage in steps.values_list("question_id", "stage"):
        if key not in found or order.index(stage) > order.index(found[key]):
            found[key] = WatchStage(stage)
    return found


def service_level(actor: Actor) -> ServiceLevel:
    """Return how many of this month's questions were answered in time, as far as the reader may see them."""
    at, since = now(), datetime.combine(today().replace(day=1), time(0), TOKYO)
    asked: Any = Question.objects.visible_to(actor).shown().filter(asked_at__gte=since)
    answered = asked.filter(first_answer_at__isnull=False)
    met = answered.filter(first_answer_minutes__lte=_MINUTES).count()
    late = sum(
        waited(asked_at, at) > SERVICE_LEVEL
        for asked_at in asked.unanswered().values_list("asked_at", flat=True)
    )
    return ServiceLevel(met, answered.count() + late)
