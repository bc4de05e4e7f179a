"""What concerns one reader today: what waits for him, what he may be glad of."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from yui.kernel.calendar_jp import now, today
from yui.kernel.policy import Actor
from yui.people.commons.models import (
    HelpRequest,
    MentorTurn,
    Post,
    Question,
    QuestionState,
    Thanks,
)
from yui.people.commons.queries.feed import own_questions

_OWN = "the reader's own"
DAYS = 7


@dataclass(frozen=True)
class Morning:
    """Figures beside the list, each with the tab that lists what it counts.

    Attributes:
        asked: open questions that the person was asked to look at.
        to_settle: own open questions with an answer: was it solved?
        details: own questions that wait for details.
        thanks: thanks for own posts in the last seven days.
        turn: the mentors' turn of this week.
    """

    asked: int
    to_settle: list[Question]
    details: list[Question]
    thanks: int
    turn: MentorTurn | None


def morning_of(actor: Actor) -> Morning:
    """Return what concerns the reader; nothing of a person for the system."""
    # Keys first: put into one query, SQLite reads all open questions for the few that the person was asked.
    requests = HelpRequest.objects.unscoped(_OWN).filter(user_id=actor.user_id, declined_at=None)
    requested = list(requests.values_list("question_id", flat=True)) if actor.user_id is not None else []
    asked = Question.objects.visible_to(actor).shown().filter(pk__in=requested, state=QuestionState.OPEN)
    own = Question.objects.visible_to(actor).shown().filter(own_questions(actor))
    waiting = own.filter(
        Q(state=QuestionState.OPEN, answer_count__gt=0) | Q(state=QuestionState.NEEDS_INFO)
    ).order_by("last_activity_at")[:6]
    monday = today() - timedelta(days=today().weekday())
    own_posts = Post.objects.unscoped(_OWN).filter(author_id=actor.user_id)
    rows = list(waiting) if actor.user_id is not None else []
    return Morning(
        asked=asked.count() if requested else 0,
        to_settle=[question for question in rows if question.state == QuestionState.OPEN],
        details=[question for question in rows if question.state == QuestionState.NEEDS_INFO],
        thanks=Thanks.objects.unscoped(_OWN)
        .filter(post__in=own_posts, at__gte=now() - timedelta(days=DAYS))
        .count()
        if actor.user_id is not None
        else 0,
        turn=MentorTurn.objects.unscoped("whose turn it is, is for all to know")
        .filter(starts_on=monday)
        .select_related("organisation", "mentor")
        .first(),
    )
