"""Adds a post to a question: the part that asking, answering and commenting share."""

from collections.abc import Sequence
from dataclasses import dataclass

from yui.kernel.attachments.keeping import KeptUpload
from yui.kernel.calendar_jp import now
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.people.commons.models import HiddenAuthor, Post, PostFile, PostKind, Question, QuestionFollow
from yui.people.commons.operations.texts import checked_text


@dataclass(frozen=True)
class Writing:
    """What somebody wrote.

    Attributes:
        body: Markdown.
        posted_for: the body in whose name it is written.
        is_unnamed: the author's name is hidden from everybody.
        department: the department shown instead; may be empty.
        numbers_confirmed: the author says that numbers in it are no 個人番号.
        files: uploads, already kept (``keep_upload``).
    """

    body: str
    posted_for: Organisation
    is_unnamed: bool = False
    department: str = ""
    numbers_confirmed: bool = False
    files: Sequence[KeptUpload] = ()


def added_post(
    actor: Actor, question: Question, kind: PostKind, writing: Writing, parent: Post | None = None
) -> Post:
    """Keep a post with its files; its author follows the question from now on.

    The author of an unnamed post is written only where no page reads it (``HiddenAuthor``); who follows a
    question is shown nowhere.

    Raises:
        NothingWritten, TextTooLong, PersonalNumberWritten: as ``checked_text``.
    """
    post = Post(
        question=question,
        kind=kind,
        parent=parent,
        author_id=None if writing.is_unnamed else actor.user_id,
        is_unnamed=writing.is_unnamed,
        shown_department=writing.department[:100] if writing.is_unnamed else "",
        posted_for=writing.posted_for,
        body=checked_text(writing.body, numbers_confirmed=writing.numbers_confirmed),
        posted_at=now(),
    )
    post.save()
    if writing.is_unnamed and actor.user_id is not None:
        HiddenAuthor.objects.create(post=post, user_id=actor.user_id)
    if actor.user_id is not None:
        QuestionFollow.objects.bulk_create(
            [QuestionFollow(question=question, user_id=actor.user_id)], ignore_conflicts=True
        )
    attach(actor, post, writing.files)
    return post


def attach(actor: Actor, post: Post, files: Sequence[KeptUpload]) -> None:
    """Enter kept uploads as files of a post; an unnamed post's files name nobody either."""
    PostFile.objects.bulk_create(
        PostFile(
            post=post,
            uploaded_by_id=None if post.is_unnamed else actor.user_id,
            **upload.as_fields(),
        )
        for upload in files
    )
