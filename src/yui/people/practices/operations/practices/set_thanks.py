"""Thank for a practice."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.practices.models import Practice, PracticeThanks
from yui.people.practices.operations.practices.keeping import tell
from yui.people.practices.operations.practices.reader_marks import mark
from yui.people.practices.operations.practices.telling import tell_writers


@operation("practices.practice.thank")
def set_thanks(actor: Actor, *, practice: Practice, given: bool) -> bool:
    """Give or take back one's thanks; tell whether anything changed.

    Raises:
        PermissionRefused: when the actor belongs to no organisation.
    """
    if not mark(actor, practice, PracticeThanks, wanted=given):
        return False
    if given:
        tell_writers(practice, f"事例「{practice.title}」にありがとうが届きました。", besides=actor.user_id)
    tell(
        practice,
        "にありがとうを伝えました。" if given else "へのありがとうを取り消しました。",
        by_reader=True,
    )
    return True
