"""Follow a practice."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.practices.models import Practice, PracticeFollow
from yui.people.practices.operations.practices.keeping import tell
from yui.people.practices.operations.practices.reader_marks import mark


@operation("practices.practice.follow")
def set_follow(actor: Actor, *, practice: Practice, follows: bool) -> bool:
    """Hear of new versions, or no longer; tell whether anything changed.

    Raises:
        PermissionRefused: when the actor belongs to no organisation.
    """
    if not mark(actor, practice, PracticeFollow, wanted=follows):
        return False
    tell(practice, "をフォローしました。" if follows else "のフォローをやめました。", by_reader=True)
    return True
