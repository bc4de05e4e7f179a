"""What one shift leaves to the next."""

from collections.abc import Sequence
from datetime import datetime

from yui.kernel.calendar_jp import now
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.security.soc.models import Handover
from yui.security.soc.operations.rota.errors import AlreadyAccepted, OwnHandover
from yui.security.soc.policies import joint_body


@operation("soc.handover.write")
def write_handover(
    actor: Actor,
    *,
    shift_kind: str,
    for_shift_at: datetime,
    text: str,
    open_alerts: int,
    open_incidents: Sequence[str],
) -> Handover:
    """Leave a note to the shift that begins at a time.

    Args:
        shift_kind: the kind of shift that ends.
        for_shift_at: when the next shift begins.
        open_alerts: groups that nobody closed, when it was written.
        open_incidents: numbers of the incidents that run.

    Raises:
        PermissionRefused: when the actor may not edit for the joint body.
        ValidationError: for an empty note.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    handover = Handover(
        organisation=body,
        shift_kind=shift_kind,
        for_shift_at=for_shift_at,
        text=text,
        open_alerts=open_alerts,
        open_incidents=list(open_incidents),
        written_by_id=actor.user_id,
        written_at=now(),
    )
    handover.full_clean()
    handover.save()
    record(
        body,
        subject=urn("soc.handover", handover.pk),
        summary="引継ぎを書きました。",
        data={"open_alerts": open_alerts, "open_incidents": list(open_incidents)},
    )
    return handover


@operation("soc.handover.accept")
def accept_handover(actor: Actor, *, handover: Handover) -> None:
    """Sign that the note was read; done once, by somebody else than its writer.

    Raises:
        PermissionRefused: when the actor may not edit for the joint body.
        AlreadyAccepted: when somebody accepted it before, named.
        OwnHandover: when the writer tries.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    stored = (
        Handover.objects.owned_by(body)
        .select_for_update(of=("self",))
        .select_related("accepted_by")
        .get(pk=handover.pk)
    )
    if stored.accepted_at is not None:
        raise AlreadyAccepted(stored.accepted_by.name_ja if stored.accepted_by else "—")
    if actor.user_id is not None and stored.written_by_id == actor.user_id:
        raise OwnHandover
    stored.accepted_by_id, stored.accepted_at = actor.user_id, now()
    stored.save(update_fields=["accepted_by", "accepted_at", "updated_at"])
    record(
        body,
        subject=urn("soc.handover", stored.pk),
        summary="引継ぎを受けました。",
        changes={"accepted_at": [None, stored.accepted_at]},
    )
