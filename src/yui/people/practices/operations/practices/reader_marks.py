"""What a reader marks at a practice for himself: that he thanks for it, that he follows it."""

from yui.kernel.operations import record_nothing
from yui.kernel.policy import Actor, PermissionRefused, Verb, require
from yui.people.practices.models import Practice, PracticeFollow, PracticeThanks
from yui.people.practices.policies import own_bodies


def mark(
    actor: Actor, practice: Practice, kind: type[PracticeFollow] | type[PracticeThanks], *, wanted: bool
) -> bool:
    """Set the actor's own mark or take it back; tell whether anything changed.

    Raises:
        PermissionRefused: when the actor belongs to no organisation.
    """
    bodies = own_bodies(actor)
    if not bodies or actor.user_id is None:
        raise PermissionRefused(actor, Verb.VIEW)
    require(actor, Verb.VIEW, bodies[0])
    mine = kind.objects.owned_by(practice.organisation).filter(practice=practice, person_id=actor.user_id)
    if mine.exists() == wanted:
        record_nothing("it is as it was")
        return False
    if wanted:
        kind.objects.create(practice=practice, person_id=actor.user_id)
    else:
        mine.delete()
    return True
