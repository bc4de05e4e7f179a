"""Where the URNs of questions lead, what search reads of them, and how one becomes a good practice.

Only what everybody may read goes in: no name of an author, no post that is off the pages.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice

from yui.kernel.links import Link, Outline, urn
from yui.kernel.links.keyed import keys_among
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet, Visibility
from yui.kernel.search import SearchDocument
from yui.kernel.writing import plain_text
from yui.people.commons.models import Post, PostKind, Question

KIND = "commons.question"
_WHY = "search index"
_PART = "part of a question that was read"
_BATCH = 500
LONGEST_BODY = 20_000
"""Characters of a thread that are searched."""


def resolve_questions(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those questions that ``actor`` may see."""
    found = Question.objects.visible_to(actor).shown().filter(pk__in=keys_among(identifiers))
    return {
        str(question.pk): Link(urn(KIND, question.pk), question.title, question.get_absolute_url())
        for question in found
    }


def outline_question(identifier: str, actor: Actor) -> Outline | None:
    """Return a question in the words of a good practice: the question, and the answer that solved it."""
    questions = Question.objects.visible_to(actor).shown().filter(pk__in=keys_among([identifier]))
    question = questions.select_related("organisation", "area", "solving_post").first()
    if question is None:
        return None
    opening = Post.objects.unscoped(_PART).get(question=question, kind=PostKind.QUESTION)
    solving = question.solving_post
    return Outline(
        urn=urn(KIND, question.pk),
        organisation_code=question.organisation.code,
        title=question.title,
        problem=opening.body,
        approach=solving.body if solving and solving.hidden_at is None else "",
        area_codes=(question.area.code,) if question.area else (),
        system_ids=(question.system_id,) if question.system_id else (),
    )


def _shown() -> ScopedQuerySet:
    found: ScopedQuerySet = Question.objects.unscoped(_WHY).filter(hidden_at__isnull=True)
    return found


def question_documents(since: datetime | None) -> Iterator[SearchDocument]:
    """Yield the questions for the search index, or those changed since a moment."""
    questions = _shown().filter(updated_at__gte=since) if since else _shown()
    keys = questions.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=_BATCH)
    while some := list(islice(keys, _BATCH)):
        yield from _documents(some)


def one_question(identifier: str) -> SearchDocument | None:
    """Return one question for the search index; None for one that is off the pages."""
    return next(iter(_documents(keys_among([identifier]))), None)


def _documents(keys: Iterable[int]) -> Iterator[SearchDocument]:
    wanted = list(keys)
    texts: dict[int, list[str]] = {}
    posts = Post.objects.unscoped(_WHY).shown().filter(question_id__in=wanted).order_by("posted_at", "pk")
    for key, body in posts.values_list("question_id", "body"):
        texts.setdefault(key, []).append(plain_text(body))
    questions = (
        _shown()
        .filter(pk__in=wanted)
        .select_related("organisation", "area")
        .prefetch_related("tags", "participants")
    )
    for question in questions.order_by("pk"):
        area = question.area.name_ja if question.area else ""
        yield SearchDocument(
            urn=urn(KIND, question.pk),
            kind=KIND,
            pillar="3",
            organisation_code=question.organisation.code,
            visibility=question.visibility,
            participant_codes=tuple(body.code for body in question.participants.all())
            if question.visibility == Visibility.PARTICIPANTS
            else (),
            title=question.title,
            body="\n".join(texts.get(question.pk, ()))[:LONGEST_BODY],
            url=question.get_absolute_url(),
            at=question.last_activity_at,
            tags=(*(tag.name for tag in question.tags.all()), *filter(None, (area,))),
        )
