"""Who could answer one question and may be asked today.

What counts for the order is only what every reader of the question may read: answers under a name, on
questions shown to all wards (or, for a question of one ward, also on those of that ward). So nobody learns
from the order of people that a question exists which he may not see, and nobody who answered without his name
is found by it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from yui.kernel.calendar_jp import now, today
from yui.kernel.links import kind_and_id, urn
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Visibility
from yui.kernel.search.public import similar
from yui.organisations.public import Membership, User
from yui.people.commons.engine.routing import (
    RECENT_DAYS,
    Answered,
    Candidate,
    Knowledge,
    LikeThread,
    candidates,
    chosen,
)
from yui.people.commons.models import HelperProfile, HelpRequest, Post, PostKind, Question, QuestionState
from yui.people.commons.queries.helping.reasons import reasons_of
from yui.people.commons.queries.readers import readers_among
from yui.people.commons.queries.similar import KIND

SHOWN = 5
ASKED = 3
"""How many people are shown, and how many are asked when nobody answers."""
LIKE_THREADS = 50
CONSIDERED = 200
"""Of how many candidates it is looked up whether they may be asked."""
USUAL_PER_WEEK = 3
"""How often a person who said nothing about it is asked in a week."""
_WEEK = timedelta(days=7)
_WHY = "who could answer a question is worked out from all that its readers may read"


@dataclass(frozen=True)
class Helper:
    """Somebody who could answer and may be asked; ``reasons`` as they are kept with a request."""

    user: User
    bodies: str
    reasons: list[dict[str, Any]]


def helpers_for(question: Question, count: int = SHOWN) -> tuple[Helper, ...]:
    """Return up to ``count`` people, at least one of another ward where one may see the question.

    Left out: the asker, who answered already or was asked, who does not want to be asked, is away or was
    asked often enough this week, who may not see the question or belongs to no body today.
    """
    ranked = askable(question)
    homes = _homes(each.person for each in ranked)
    first = chosen(ranked, count, lambda person: question.organisation_id not in homes[person])
    users = User.objects.in_bulk([each.person for each in first])
    return tuple(
        Helper(users[each.person], "、".join(homes[each.person].values()), reasons_of(each)) for each in first
    )


def askable(question: Question) -> list[Candidate]:
    """Return who could answer and may be asked, the likeliest first."""
    opening = (
        Post.objects.unscoped(_WHY)
        .select_related("hidden_author")
        .get(question=question, kind=PostKind.QUESTION)
    )
    at = now()
    known = Knowledge(
        threads=_like_threads(question, opening.body),
        recent=_recent(question, at),
        talents=_talents(question),
    )
    hidden = getattr(opening, "hidden_author", None)
    left_out = {opening.author_id, hidden.user_id if hidden else None, *_done(question)}
    ranked = [each for each in candidates(known, at) if each.person not in left_out][:CONSIDERED]
    people = readers_among(question, [each.person for each in ranked])
    ready = people - _unwilling(people) - _busy(people, at)
    return [each for each in ranked if each.person in ready]


def _readable_with(question: Question) -> Any:
    """Return the questions that every reader of ``question`` may read."""
    condition = Q(visibility=Visibility.WARDS)
    if question.visibility == Visibility.OWN:
        condition |= Q(visibility=Visibility.OWN, organisation_id=question.organisation_id)
    return Question.objects.unscoped(_WHY).shown().filter(condition)


def _named_answers() -> Any:
    return Post.objects.unscoped(_WHY).shown().filter(kind=PostKind.ANSWER, author__isnull=False)


def _like_threads(question: Question, body: str) -> list[LikeThread]:
    """Return the questions like this one with who answered them; an asker's answer to himself is none."""
    hits = similar(
        Actor.system("commons.routing"),
        f"{question.title}\n{body}",
        kinds=(KIND,),
        limit=LIKE_THREADS,
        exclude=(urn(KIND, question.pk),),
    )
    likeness = {int(kind_and_id(hit.urn)[1]): hit.score for hit in hits if hit.score > 0}
    solving = dict(_readable_with(question).filter(pk__in=likeness).values_list("pk", "solving_post_id"))
    openings = Post.objects.unscoped(_WHY).filter(question_id__in=solving, kind=PostKind.QUESTION)
    askers = dict(openings.values_list("question_id", "author_id"))
    answers: dict[int, list[Answered]] = defaultdict(list)
    rows = _named_answers().filter(question_id__in=solving)
    for key, post, author, at in rows.values_list("question_id", "pk", "author_id", "posted_at"):
        if author != askers.get(key):
            answers[key].append(Answered(author, at, post == solving[key]))
    return [LikeThread(likeness[key], given) for key, given in answers.items()]


def _recent(question: Question, at: datetime) -> dict[int, int]:
    """Return how many answers each person gave lately, by way of the index of recent questions."""
    since = at - timedelta(days=RECENT_DAYS)
    active = _readable_with(question).filter(last_activity_at__gte=since)
    answers = _named_answers().filter(question__in=active.values("pk"), posted_at__gte=since).order_by()
    return dict(answers.values_list("author_id").annotate(number=Count("pk")))


def _talents(question: Question) -> dict[int, Collection[str]]:
    """Return the tags of the question that people named as their own."""
    found: dict[int, list[str]] = defaultdict(list)
    named = HelperProfile.tags.through.objects.filter(tag__in=question.tags.all())
    for person, name in named.values_list("helperprofile__user_id", "tag__name"):
        found[person].append(name)
    return dict(found)


def _done(question: Question) -> set[int | None]:
    """Return who answered under his name, and who was asked before; an unnamed answer leaves nobody out."""
    answered = _named_answers().filter(question=question).values_list("author_id", flat=True)
    asked = HelpRequest.objects.unscoped(_WHY).filter(question=question).values_list("user_id", flat=True)
    return {*answered, *asked}


def _unwilling(people: Collection[int]) -> set[int]:
    """Return who does not want to be asked, or is away today."""
    profiles = HelperProfile.objects.filter(user_id__in=people)
    apart = Q(may_be_asked=False) | Q(away_until__gte=today()) | Q(most_per_week=0)
    return set(profiles.filter(apart).values_list("user_id", flat=True))


def _busy(people: Collection[int], at: datetime) -> set[int]:
    """Return who was asked as often in the last seven days as he said, declined requests included."""
    asked = HelpRequest.objects.unscoped(_WHY).filter(user_id__in=people, asked_at__gt=at - _WEEK).order_by()
    load = dict(asked.values_list("user_id").annotate(number=Count("pk")))
    most = dict(HelperProfile.objects.filter(user_id__in=load).values_list("user_id", "most_per_week"))
    return {person for person, number in load.items() if number >= most.get(person, USUAL_PER_WEEK)}


def _homes(people: Iterable[int]) -> dict[int, dict[int, str]]:
    """Return the bodies to which each person belongs today, by key."""
    held = (
        Membership.objects.unscoped(_WHY)
        .valid_on(today())
        .filter(user_id__in=list(people), organisation__is_active=True)
        .select_related("organisation")
        .order_by("organisation__sort_order", "organisation__code")
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for membership in held:
        found[membership.user_id][membership.organisation_id] = membership.organisation.name
    return found


def wants_help(question: Question) -> bool:
    """Return whether somebody may be asked to answer: open, and nobody stopped writing."""
    return (
        question.state == QuestionState.OPEN and not question.is_locked and question.duplicate_of_id is None
    )
