"""Thank for a practice."""

from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor, PermissionRefused, Verb, require
from yui.people.practices.models import Practice, PracticeThanks
from yui.people.practices.operations.practices.keeping import tell
from yui.people.practices.operations.practices.telling import tell_writers
from yui.people.practices.policies import own_bodies


@operation("practices.practice.thank")
def set_thanks(actor: Actor, *, practice: Practice, given: bool) -> bool:
    """Give or take back one's thanks; tell whether anything changed.

    Raises:
        PermissionRefused: when the actor belongs to no organisation.
    """
    bodies = own_bodies(actor)
    if not bodies or actor.user_id is None:
        raise PermissionRefused(actor, Verb.VIEW)
    require(actor, Verb.VIEW, bodies[0])
    mine = PracticeThanks.objects.owned_by(practice.organisation).filter(
        practice=practice, person_id=actor.user_id
    )
    if mine.exists() == given:
        record_nothing("it is as it was")
        return False
    if given:
        PracticeThanks.objects.create(practice=practice, person_id=actor.user_id)
        tell_writers(practice, f"事例「{practice.title}」にありがとうが届きました。", besides=actor.user_id)
    else:
        mine.delete()
    tell(
        practice,
        "にありがとうを伝えました。" if given else "へのありがとうを取り消しました。",
        by_reader=True,
    )
    return True
