"""Note that a paper was sent."""

from datetime import datetime

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.engine.duties import TITLES, DutyCode
from yui.security.soc.models import Duty, DutyState
from yui.security.soc.operations.incidents.errors import ReasonNeeded
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.operations.incidents.paper_settling import paper_of
from yui.security.soc.operations.incidents.playbook_tasks import tick_off
from yui.security.soc.operations.incidents.stated_times import require_past

STEPS = {
    DutyCode.EXECUTIVES: "executives",
    DutyCode.PPC_PRELIMINARY: "preliminary",
    DutyCode.NCO_FORM: "common_form",
    DutyCode.DIGITAL_AGENCY: "digital_agency",
    DutyCode.POLICE: "police",
}
"""The playbooks' steps that are done once a paper is sent."""


@operation("soc.incident.send_paper")
def send_paper(actor: Actor, *, duty: Duty, at: datetime | None = None, note: str = "") -> None:
    """Note that the paper went to its authority now, or earlier with a note. Yui itself sends nothing.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        AlreadySettled: when it was sent, or is not required.
        ReasonNeeded: for an earlier time without a note.
        PaperTimeWrong: for a time in the future.
    """
    incident, stored = paper_of(actor, duty, DutyState.PENDING, DutyState.DRAFTED)
    if at is not None and not note.strip():
        raise ReasonNeeded
    recorded_at = now()
    stored.sent_at = require_past(at, recorded_at)
    stored.sent_by_id, stored.state = actor.user_id, DutyState.SENT
    stored.save()
    if stored.code in STEPS:
        tick_off(actor, incident, STEPS[DutyCode(stored.code)], recorded_at)
    tell(
        actor,
        incident,
        "soc.incident.send_paper",
        f"の「{TITLES[DutyCode(stored.code)].ja}」を提出しました。",
        data={"paper": stored.code, "round": stored.round, "at": stored.sent_at, "note": note.strip()[:300]},
    )
