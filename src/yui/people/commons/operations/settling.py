"""Moves a question to another state and keeps the step."""

from yui.kernel.calendar_jp import now
from yui.people.commons.models import Post, PostKind, Question, QuestionState, QuestionStep


def move(
    question: Question, state: QuestionState, *, by: int | None, post: Post | None = None, reason: str = ""
) -> None:
    """Set the state, save the question, and add the step from which solved questions are counted again."""
    at = now()
    question.state = state
    if state != QuestionState.SOLVED:
        question.solved_at, question.solved_by, question.solving_post = None, "", None
    question.last_activity_at = max(at, question.last_activity_at)
    question.save()
    QuestionStep.objects.create(
        question=question, state=state, at=at, by_id=by, post=post, reason=reason[:300]
    )


def recounted(question: Question) -> None:
    """Set the number of answers and the first answer anew from the posts that are shown.

    The asker's own answers do not end the waiting time.
    """
    posts = Post.objects.unscoped("parts of a question that was read").filter(question=question)
    opening = posts.select_related("hidden_author").get(kind=PostKind.QUESTION)
    hidden = getattr(opening, "hidden_author", None)
    asker = hidden.user_id if hidden else opening.author_id
    answers = posts.filter(kind=PostKind.ANSWER).shown().order_by("posted_at", "pk")
    others = [
        (posted_at, author or hidden_user, external)
        for posted_at, author, hidden_user, external in answers.values_list(
            "posted_at", "author_id", "hidden_author__user_id", "external_author_id"
        )
    ]
    question.answer_count = len(others)
    first = (
        at
        for at, user, external in others
        if (external != opening.external_author_id if external else user != asker)
    )
    question.set_first_answer(next(first, None))
