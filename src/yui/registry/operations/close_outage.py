"""Note that a system runs again."""

from datetime import datetime

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.operations.saving import change_record
from yui.kernel.policy import Actor, Verb, require
from yui.registry.errors import OutageAlreadyClosed
from yui.registry.models import Outage


@operation("registry.outage.close")
def close_outage(actor: Actor, *, outage: Outage, ended_at: datetime, cause: str = "") -> None:
    """Close an open outage at the moment at which the system ran again.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
        OutageAlreadyClosed: when it has ended already.
        ValidationError: when the end is not after the start.
    """
    organisation = outage.system.organisation
    require(actor, Verb.EDIT, organisation)
    stored = Outage.objects.owned_by(organisation).select_for_update(of=("self",)).get(pk=outage.pk)
    if stored.ended_at is not None:
        raise OutageAlreadyClosed
    changes = change_record(stored, {"ended_at": ended_at, "cause": cause or stored.cause})
    record(
        organisation,
        subject=urn("registry.outage", stored.pk),
        summary=f"「{outage.system.name}」の障害「{stored.title}」が復旧しました。",
        changes=changes,
        visibility=outage.system.visibility,
    )
