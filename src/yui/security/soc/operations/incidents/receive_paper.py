"""Note that an authority received a paper."""

from datetime import datetime

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.engine.duties import TITLES, DutyCode
from yui.security.soc.models import Duty, DutyState
from yui.security.soc.operations.alerts.locking import bounded
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.operations.incidents.paper_settling import paper_of
from yui.security.soc.operations.incidents.stated_times import require_past


@operation("soc.incident.receive_paper")
def receive_paper(actor: Actor, *, duty: Duty, receipt: str = "", at: datetime | None = None) -> None:
    """Note the receipt and, where there is one, its number.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        AlreadySettled: when it was not sent, or is received already.
        PaperTimeWrong: for a time in the future or before it was sent.
    """
    incident, stored = paper_of(actor, duty, DutyState.SENT)
    stored.received_at = require_past(at, now(), stored.sent_at)
    stored.receipt, stored.state = bounded(receipt, 80), DutyState.RECEIVED
    stored.save()
    tell(
        actor,
        incident,
        "soc.incident.receive_paper",
        f"の「{TITLES[DutyCode(stored.code)].ja}」が受け付けられました。",
        data={"paper": stored.code, "round": stored.round, "receipt": stored.receipt},
    )
