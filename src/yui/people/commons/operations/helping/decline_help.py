"""Say that one cannot answer."""

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor
from yui.people.commons.errors import NoSuchPost
from yui.people.commons.models import HelpRequest
from yui.people.commons.operations.locking import locked_question
from yui.people.commons.policies import own_organisations, person_of, require_member


@operation("commons.help.decline")
def decline_help(actor: Actor, *, question: int) -> HelpRequest:
    """Decline a request; no reason is asked, and nobody is told of it by an event.

    Raises:
        NoSuchPost: when the question is out of sight, or the actor was not asked.
        PermissionRefused: when the actor belongs to no body.
    """
    found = locked_question(actor, question)
    person = person_of(actor)
    require_member(actor, own_organisations(actor)[0])
    own = HelpRequest.objects.unscoped("the actor's own request").filter(question=found, user_id=person)
    request: HelpRequest | None = own.first()
    if request is None:
        raise NoSuchPost
    if request.declined_at is None:
        request.declined_at = now()
        request.save(update_fields=["declined_at"])
    record_nothing("whether somebody has time is nobody else's business")
    return request
