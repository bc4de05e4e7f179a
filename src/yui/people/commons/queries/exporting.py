"""What a body asked and wrote, as plain values for a file; unnamed posts stay unnamed in it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from yui.kernel.operations.field_changes import plain
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.people.commons.models import Post, PostFile, PostLink, PostRevision, Question
from yui.people.commons.queries.feed import author_name_of

_PART = "part of a question that was read"
_BATCH = 200


def own_questions_of(actor: Actor, organisation: Organisation) -> Any:
    """Return the questions that a body asked."""
    return Question.objects.visible_to(actor).filter(organisation=organisation).order_by("pk")


def questions_elsewhere_of(actor: Actor, organisation: Organisation) -> Any:
    """Return the questions of other bodies on which somebody wrote for this one."""
    written = Post.objects.visible_to(actor).shown().filter(posted_for=organisation)
    questions = Question.objects.visible_to(actor).shown().filter(pk__in=written.values("question_id"))
    return questions.exclude(organisation=organisation).order_by("pk")


def exported_records(actor: Actor, organisation: Organisation) -> Iterator[dict[str, Any]]:
    """Yield the body's questions with all their posts, also hidden ones; then what it wrote elsewhere."""
    for questions in _batches(own_questions_of(actor, organisation)):
        posts = _posts_of(Post.objects.unscoped(_PART).filter(question__in=questions))
        for question in questions:
            yield {"record": "question", **_question(question), "posts": posts[question.pk]}
    for questions in _batches(questions_elsewhere_of(actor, organisation)):
        written = Post.objects.unscoped(_PART).shown().filter(question__in=questions, posted_for=organisation)
        posts = _posts_of(written)
        for question in questions:
            about = {"id": question.pk, "title": question.title, "organisation": question.organisation.code}
            yield {"record": "elsewhere", "question": about, "posts": posts[question.pk]}


def _batches(questions: Any) -> Iterator[list[Question]]:
    last = 0
    related = questions.select_related("organisation", "area").prefetch_related("tags", "participants")
    while found := list(related.filter(pk__gt=last)[:_BATCH]):
        yield found
        last = found[-1].pk


def _question(question: Question) -> dict[str, Any]:
    names = ("title", "visibility", "state", "solved_by", "closing_reason", "about_urn", "source_key")
    times = ("asked_at", "first_answer_at", "solved_at", "last_activity_at", "hidden_at")
    return {
        "id": question.pk,
        "organisation": question.organisation.code,
        **{name: plain(getattr(question, name)) for name in (*names, *times)},
        "participants": sorted(body.code for body in question.participants.all()),
        "tags": sorted(tag.name for tag in question.tags.all()),
        "area": question.area.code if question.area else "",
        "solving_post": question.solving_post_id,
        "duplicate_of": question.duplicate_of_id,
    }


def _posts_of(posts: Any) -> dict[int, list[dict[str, Any]]]:
    rows = list(posts.select_related("author", "external_author", "posted_for").order_by("posted_at", "pk"))
    keys = [post.pk for post in rows]
    files = _by_post(PostFile.objects.unscoped(_PART), keys, ("name", "media_type", "size", "sha256"))
    links = _by_post(PostLink.objects.unscoped(_PART), keys, ("name", "address"))
    revisions = _by_post(
        PostRevision.objects.unscoped(_PART), keys, ("number", "title", "body", "replaced_at")
    )
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    names = ("kind", "is_unnamed", "body", "revision", "posted_at", "edited_at", "hidden_at", "thanks_count")
    for post in rows:
        found[post.question_id].append(
            {
                "id": post.pk,
                "parent": post.parent_id,
                "author": author_name_of(post),
                "organisation": post.posted_for.code,
                **{name: plain(getattr(post, name)) for name in (*names, "source_key")},
                "files": files[post.pk],
                "links": links[post.pk],
                "revisions": revisions[post.pk],
            }
        )
    return found


def _by_post(rows: Any, keys: Sequence[int], names: tuple[str, ...]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.filter(post_id__in=keys).order_by("pk").values("post_id", *names):
        found[row["post_id"]].append({name: plain(row[name]) for name in names})
    return found
