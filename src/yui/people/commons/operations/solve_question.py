"""Mark a question as solved, with the answer that solved it."""

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.commons.errors import NoSuchPost, NotSolvable
from yui.people.commons.models import Post, PostKind, Question, QuestionState, SolvedBy
from yui.people.commons.operations.locking import locked_question
from yui.people.commons.operations.opening_posts import opening_post
from yui.people.commons.operations.settling import move
from yui.people.commons.operations.telling import SOLVED, notify_readers, shown_name, tell
from yui.people.commons.policies import is_moderator, require_author, require_moderator, wrote


@operation("commons.question.solve")
def solve_question(
    actor: Actor, *, question: int, answer: int | None = None, how: str = "", note: str = ""
) -> Question:
    """Mark a question as solved: the asker, or a moderator for him.

    Args:
        answer: the answer that solved it; None where none did (then ``how`` says what).
        how: a value of ``SolvedBy``; by default ``answer``, or without one the asker or moderator himself.
        note: what solved it, where no answer did.

    Raises:
        NoSuchPost: when question or answer is out of sight, or the answer is another question's.
        NotSolvable: when it is solved or closed already.
        PermissionRefused: for anybody but the asker and moderators.
    """
    found = locked_question(actor, question)
    opening = opening_post(found)
    if is_moderator(actor, found) and not wrote(actor, opening):
        require_moderator(actor, found)
        by = SolvedBy.MODERATOR
    else:
        require_author(actor, opening)
        by = SolvedBy.ASKER
    if found.state in {QuestionState.SOLVED, QuestionState.CLOSED}:
        raise NotSolvable
    post = _answer_of(found, answer) if answer is not None else None
    found.solved_at = now()
    found.solved_by = how if how in SolvedBy.values else (SolvedBy.ANSWER if post else by)
    found.solving_post = post
    is_hidden = opening.is_unnamed and wrote(actor, opening)
    move(found, QuestionState.SOLVED, by=None if is_hidden else actor.user_id, post=post, reason=note)
    tell(
        found,
        "を解決にしました。",
        data={"answer": answer, "how": found.solved_by},
        shown_as=shown_name(opening) if is_hidden else "",
    )
    followers = set(found.follows.unscoped("followers are told").values_list("user_id", flat=True))
    followers |= {post.author_id} if post and post.author_id else set()
    notify_readers(actor, found, followers, kind=SOLVED, title=f"「{found.title}」が解決しました")
    return found


def _answer_of(question: Question, key: int) -> Post:
    post = Post.objects.unscoped("part of a question that was read").shown()
    found: Post | None = post.filter(question=question, kind=PostKind.ANSWER, pk=key).first()
    if found is None:
        raise NoSuchPost
    return found
