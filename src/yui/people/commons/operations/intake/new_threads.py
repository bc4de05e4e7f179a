"""Writes threads that are not here yet, many at a time."""

from collections.abc import Sequence

from yui.kernel.scope.models import Organisation
from yui.people.commons.formats.imported import ImportedPost, ImportedThread
from yui.people.commons.models import (
    Post,
    PostKind,
    PostLink,
    Question,
    QuestionState,
    QuestionStep,
    SolvedBy,
    Tag,
)
from yui.people.commons.operations.intake.authors import Authors
from yui.people.commons.operations.tagging import ensure_tags

_BATCH = 500


def write_new_threads(
    threads: Sequence[ImportedThread], organisation: Organisation, visibility: str, authors: Authors
) -> None:
    """Enter whole threads with the times, counts and steps that they had there; each has an opening.

    Nobody is told, no question is followed: it all happened elsewhere, and long ago.
    """
    questions = Question.objects.bulk_create(
        [_question(thread, organisation, visibility, authors) for thread in threads], batch_size=_BATCH
    )
    _tag(threads, questions)
    openings = Post.objects.bulk_create(
        [
            made_post(question, opening, PostKind.QUESTION, authors)
            for thread, question in zip(threads, questions, strict=True)
            if (opening := thread.opening)
        ],
        batch_size=_BATCH,
    )
    written = [
        (question, reply)
        for thread, question in zip(threads, questions, strict=True)
        for reply in thread.replies
    ]
    replies = Post.objects.bulk_create(
        [made_post(question, reply, PostKind.ANSWER, authors) for question, reply in written],
        batch_size=_BATCH,
    )
    posts = {(post.question_id, post.source_key): post for post in (*openings, *replies)}
    _settle(threads, questions, posts)
    link_files(
        [
            (posts[question.pk, post.key], post)
            for thread, question in zip(threads, questions, strict=True)
            for post in (thread.opening, *thread.replies)
            if post and post.files
        ]
    )


def made_post(question: Question, post: ImportedPost, kind: PostKind, authors: Authors) -> Post:
    """Return a post that is not saved yet."""
    author = authors.of(post.person)
    return Post(
        question=question,
        kind=kind,
        author_id=author.user_id,
        external_author_id=author.external_id,
        posted_for_id=author.organisation_id,
        body=post.body,
        posted_at=post.at,
        edited_at=post.edited_at,
        source_key=post.key,
    )


def link_files(posts: Sequence[tuple[Post, ImportedPost]]) -> None:
    """Name the files that stayed where they were; only addresses of the web become links."""
    PostLink.objects.bulk_create(
        [
            PostLink(post=post, name=file.name[:200], address=web_address(file.address))
            for post, written in posts
            for file in written.files
        ],
        batch_size=_BATCH,
    )


def web_address(address: str) -> str:
    """Return an address that a page may lead to; nothing for any other."""
    return address if address.startswith(("https://", "http://")) and len(address) < 1_000 else ""


def solution_of(thread: ImportedThread) -> tuple[SolvedBy, ImportedPost] | None:
    """Return how a thread was solved and the post that tells when; None where it was not.

    A mark has no time of its own: an answer solved it when it was written, the asker when the last word fell.
    """
    if not thread.solving:
        return None
    solving = next((reply for reply in thread.replies if reply.key == thread.solving), None)
    if solving is not None:
        return SolvedBy.ANSWER, solving
    if thread.opening is not None and thread.opening.key == thread.solving:
        return SolvedBy.ASKER, thread.replies[-1] if thread.replies else thread.opening
    return None


def _question(
    thread: ImportedThread, organisation: Organisation, visibility: str, authors: Authors
) -> Question:
    opening = thread.opening
    if opening is None:
        raise ValueError(f"{thread.key}: a new thread begins with its question")
    solution = solution_of(thread)
    last = max(post.at for post in (opening, *thread.replies))
    question = Question(
        organisation=organisation,
        visibility=visibility,
        title=thread.title,
        state=QuestionState.SOLVED if solution else QuestionState.OPEN,
        solved_by=solution[0] if solution else "",
        solved_at=solution[1].at if solution else None,
        asked_at=opening.at,
        last_activity_at=last,
        answer_count=len(thread.replies),
        source_key=thread.key,
    )
    asker = authors.of(opening.person)
    others = (reply.at for reply in thread.replies if authors.of(reply.person) != asker)
    question.set_first_answer(min(others, default=None))
    return question


def _tag(threads: Sequence[ImportedThread], questions: Sequence[Question]) -> None:
    names = {Tag.key_of(name): name for thread in threads for name in thread.tags}
    tags = {
        tag.key: tag.pk for name in names.values() for tag in ensure_tags([name[:40]]) if Tag.key_of(name)
    }
    through = Question.tags.through
    rows = {
        (question.pk, tags[key])
        for thread, question in zip(threads, questions, strict=True)
        for name in thread.tags
        if (key := Tag.key_of(name[:40])) in tags
    }
    through.objects.bulk_create(
        [through(question_id=question, tag_id=tag) for question, tag in sorted(rows)], batch_size=_BATCH
    )


def _settle(
    threads: Sequence[ImportedThread],
    questions: Sequence[Question],
    posts: dict[tuple[int, str], Post],
) -> None:
    """Name the solving answers, and keep the steps from which solved questions are counted again."""
    steps, solved = [], []
    for thread, question in zip(threads, questions, strict=True):
        if thread.opening is None:
            continue
        asker = posts[question.pk, thread.opening.key].author_id
        steps.append(
            QuestionStep(question=question, state=QuestionState.OPEN, at=question.asked_at, by_id=asker)
        )
        if (solution := solution_of(thread)) is None:
            continue
        post = posts[question.pk, solution[1].key] if solution[0] is SolvedBy.ANSWER else None
        steps.append(
            QuestionStep(question=question, state=QuestionState.SOLVED, at=solution[1].at, post=post)
        )
        if post is not None:
            question.solving_post = post
            solved.append(question)
    QuestionStep.objects.bulk_create(steps, batch_size=_BATCH)
    questions_here = Question.objects.unscoped("questions that were just taken in")
    questions_here.bulk_update(solved, ["solving_post"], batch_size=_BATCH)
