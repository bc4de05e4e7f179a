"""Follow a question or a tag, or stop following it."""

from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor
from yui.people.commons.errors import NoSuchPost
from yui.people.commons.models import QuestionFollow, Tag, TagFollow
from yui.people.commons.operations.locking import locked_question
from yui.people.commons.policies import own_organisations, person_of, require_member
from yui.people.commons.queries.feed import visible_tag

_OWN = "the actor's own"


@operation("commons.question.follow")
def follow_question(actor: Actor, *, question: int) -> bool:
    """Follow a question, or stop; return whether it is followed now.

    Raises:
        NoSuchPost, PermissionRefused: when it is out of sight, or the actor belongs to no body.
    """
    found = locked_question(actor, question)
    require_member(actor, own_organisations(actor)[0])
    record_nothing("a person's bookmark is nobody else's business")
    own = QuestionFollow.objects.unscoped(_OWN).filter(question=found, user_id=person_of(actor))
    if own.exists():
        own.delete()
        return False
    QuestionFollow.objects.create(question=found, user_id=person_of(actor))
    return True


@operation("commons.tag.follow")
def follow_tag(actor: Actor, *, tag: str) -> bool:
    """Follow a tag that stands on a question the actor may see, or stop; return whether it is followed now.

    Raises:
        NoSuchPost: when no question that the actor may see has it.
        PermissionRefused: when the actor belongs to no body.
    """
    own_bodies = own_organisations(actor)
    found = visible_tag(actor, Tag.key_of(tag))
    if found is None or not own_bodies:
        raise NoSuchPost
    require_member(actor, own_bodies[0])
    record_nothing("a person's bookmark is nobody else's business")
    own = TagFollow.objects.filter(tag=found, user_id=person_of(actor))
    if own.exists():
        own.delete()
        return False
    TagFollow.objects.create(tag=found, user_id=person_of(actor))
    return True
