"""Say that a similar question already answered what one was about to ask."""

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.people.commons.models import Deflection
from yui.people.commons.operations.locking import locked_question
from yui.people.commons.operations.telling import tell
from yui.people.commons.policies import require_member


@operation("commons.question.spare")
def spare_question(actor: Actor, *, question: int, organisation: Organisation) -> Deflection:
    """Count that a question spared somebody of ``organisation`` from asking; who it was, no page tells.

    Raises:
        NoSuchPost, PermissionRefused: when it is out of sight, or the actor does not belong to the body.
    """
    found = locked_question(actor, question)
    require_member(actor, organisation)
    spared = Deflection.objects.create(question=found, spared=organisation, at=now())
    tell(found, "で、ほかの人の疑問も解決しました。", shown_as=organisation.name_ja)
    return spared
