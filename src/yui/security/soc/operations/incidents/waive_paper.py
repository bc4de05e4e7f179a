"""Decide that a paper is not required."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.engine.duties import TITLES, DutyCode
from yui.security.soc.models import Duty, DutyState
from yui.security.soc.operations.alerts.locking import bounded
from yui.security.soc.operations.incidents.errors import ReasonNeeded
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.operations.incidents.paper_settling import paper_of


@operation("soc.incident.waive_paper")
def waive_paper(actor: Actor, *, duty: Duty, reason: str) -> None:
    """Note that a person judged the paper not required, and why; changed facts do not undo this.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        AlreadySettled: when it was sent already.
        ReasonNeeded: without a reason.
    """
    incident, stored = paper_of(actor, duty, DutyState.PENDING, DutyState.DRAFTED)
    if not reason.strip():
        raise ReasonNeeded
    stored.state, stored.reason = DutyState.NOT_REQUIRED, bounded(reason, 300)
    stored.waived_by_id = actor.user_id
    stored.save()
    tell(
        actor,
        incident,
        "soc.incident.waive_paper",
        f"の「{TITLES[DutyCode(stored.code)].ja}」を不要と判断しました。",
        data={"paper": stored.code, "round": stored.round, "reason": stored.reason},
    )
