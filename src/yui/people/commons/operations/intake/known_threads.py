"""Brings threads that were taken in before up to a later export: new replies, edits, the solution."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from yui.kernel.calendar_jp import now
from yui.people.commons.formats.imported import ImportedPost, ImportedThread, LeftOut, Reason
from yui.people.commons.models import (
    Post,
    PostKind,
    PostRevision,
    Question,
    QuestionState,
    QuestionStep,
    SolvedBy,
)
from yui.people.commons.operations.intake.authors import Authors
from yui.people.commons.operations.intake.new_threads import link_files, made_post, solution_of
from yui.people.commons.operations.intake.spool import not_before
from yui.people.commons.operations.settling import recounted
from yui.people.commons.policies import may_write

_WHY = "posts of questions that were taken in"


@dataclass(frozen=True, slots=True)
class _Stored:
    """A post as it stands here."""

    pk: int
    body: str
    told_at: datetime


@dataclass
class Renewal:
    """What became of known threads."""

    answers: int = 0
    solved: int = 0
    people: set[str] = field(default_factory=set)


def renew_threads(
    pairs: Sequence[tuple[ImportedThread, Question]], authors: Authors, left_out: LeftOut
) -> Renewal:
    """Add what is new in threads that are here; nothing that is gone there is removed here.

    An edit counts when it was made after the last one here: what somebody corrected in the house stays.
    """
    renewal = Renewal()
    stored: dict[int, dict[str, _Stored]] = {}
    rows = Post.objects.unscoped(_WHY).filter(question_id__in=[question.pk for _thread, question in pairs])
    for question_id, key, pk, body, posted_at, edited_at in rows.exclude(source_key="").values_list(
        "question_id", "source_key", "pk", "body", "posted_at", "edited_at"
    ):
        stored.setdefault(question_id, {})[key] = _Stored(pk, body, edited_at or posted_at)
    for thread, question in pairs:
        _renew(thread, question, stored.get(question.pk, {}), authors, left_out, renewal)
    return renewal


def _renew(
    thread: ImportedThread,
    question: Question,
    stored: dict[str, _Stored],
    authors: Authors,
    left_out: LeftOut,
    renewal: Renewal,
) -> None:
    is_open = may_write(question)
    added: list[ImportedPost] = []
    edited: list[tuple[_Stored, ImportedPost]] = []
    for post in (thread.opening, *thread.replies):
        if post is None:
            continue
        known = stored.get(post.key)
        if known is None:
            if is_open and post is not thread.opening:
                added.append(post)
            else:
                left_out.add(thread.place, Reason.STOPPED, post.key)
        elif is_open and post.edited_at and post.edited_at > known.told_at and post.body != known.body:
            edited.append((known, post))
            left_out.add(thread.place, Reason.RENEWED, post.key)
        else:
            left_out.add(thread.place, Reason.KNOWN)
    if added:
        _add(question, added, authors)
        renewal.answers += len(added)
        renewal.people.update(post.person for post in added)
    for known, post in edited:
        _edit(question, known, post, thread)
    is_solved_now = is_open and _solve(question, thread)
    renewal.solved += is_solved_now
    if added or edited or is_solved_now:
        question.save()


def _add(question: Question, added: Sequence[ImportedPost], authors: Authors) -> None:
    added = [not_before(question.asked_at, post) for post in added]
    posts = Post.objects.bulk_create([made_post(question, post, PostKind.ANSWER, authors) for post in added])
    link_files(list(zip(posts, added, strict=True)))
    recounted(question)
    question.last_activity_at = max(question.last_activity_at, *(post.at for post in added))


def _edit(question: Question, known: _Stored, post: ImportedPost, thread: ImportedThread) -> None:
    found = Post.objects.unscoped(_WHY).get(pk=known.pk)
    is_opening = found.kind == PostKind.QUESTION
    PostRevision.objects.create(
        post=found,
        number=found.revision,
        title=question.title if is_opening else "",
        body=found.body,
        replaced_at=now(),
    )
    found.body, found.edited_at = post.body, post.edited_at
    found.revision += 1
    found.save()
    if is_opening:
        question.title = thread.title


def _solve(question: Question, thread: ImportedThread) -> bool:
    """Mark a question as solved whose thread has become so; one that was opened again here stays open."""
    solution = solution_of(thread)
    was_solved = question.steps.unscoped(_WHY).filter(state=QuestionState.SOLVED)
    if solution is None or question.is_solved or was_solved.exists():
        return False
    solved_by, post = solution
    question.state, question.solved_by = QuestionState.SOLVED, solved_by
    question.solved_at = max(post.at, question.asked_at)
    if solved_by is SolvedBy.ANSWER:
        answers = Post.objects.unscoped(_WHY).filter(question=question, source_key=post.key)
        question.solving_post = answers.first()
    QuestionStep.objects.create(
        question=question,
        state=QuestionState.SOLVED,
        at=question.solved_at,
        post=question.solving_post,
    )
    return True
