"""Follow a practice."""

from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor, PermissionRefused, Verb, require
from yui.people.practices.models import Practice, PracticeFollow
from yui.people.practices.operations.practices.keeping import tell
from yui.people.practices.policies import own_bodies


@operation("practices.practice.follow")
def set_follow(actor: Actor, *, practice: Practice, follows: bool) -> bool:
    """Hear of new versions, or no longer; tell whether anything changed.

    Raises:
        PermissionRefused: when the actor belongs to no organisation.
    """
    bodies = own_bodies(actor)
    if not bodies or actor.user_id is None:
        raise PermissionRefused(actor, Verb.VIEW)
    require(actor, Verb.VIEW, bodies[0])
    mine = PracticeFollow.objects.owned_by(practice.organisation).filter(
        practice=practice, person_id=actor.user_id
    )
    if mine.exists() == follows:
        record_nothing("it is as it was")
        return False
    if follows:
        PracticeFollow.objects.create(practice=practice, person_id=actor.user_id)
    else:
        mine.delete()
    tell(practice, "をフォローしました。" if follows else "のフォローをやめました。", by_reader=True)
    return True
