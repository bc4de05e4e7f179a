"""Take back the decision that a paper is not required."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.engine.duties import TITLES, DutyCode
from yui.security.soc.models import Duty, DutyState
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.operations.incidents.paper_settling import paper_of
from yui.security.soc.operations.incidents.settling import settle


@operation("soc.incident.require_paper")
def require_paper(actor: Actor, *, duty: Duty) -> None:
    """Let the facts decide again whether the paper is required.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        AlreadySettled: when it is not one that a person judged not required.
    """
    incident, stored = paper_of(actor, duty, DutyState.NOT_REQUIRED)
    stored.waived_by = None
    stored.save()
    settle(incident)
    tell(
        actor,
        incident,
        "soc.incident.require_paper",
        f"の「{TITLES[DutyCode(stored.code)].ja}」が要るかを見直しました。",
        data={"paper": stored.code, "round": stored.round},
    )
