"""Moves a question to another state and keeps the step."""

from yui.kernel.calendar_jp import now
from yui.people.commons.models import Post, PostKind, Question, QuestionState, QuestionStep
from yui.people.commons.operations.opening_posts import is_of_asker


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
    answers = posts.filter(kind=PostKind.ANSWER).shown().select_related("hidden_author")
    found = list(answers.order_by("posted_at", "pk"))
    question.answer_count = len(found)
    first = (answer.posted_at for answer in found if not is_of_asker(answer, opening))
    question.set_first_answer(next(first, None))
