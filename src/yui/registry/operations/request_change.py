"""Ask for a change to a system."""

from yui.kernel.calendar_jp import now
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.operations.saving import first_values, save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.registry.errors import AlreadyRetired
from yui.registry.facts import ChangeFacts
from yui.registry.models import Change, InformationSystem, SystemStatus


@operation("registry.change.request")
def request_change(actor: Actor, *, system: InformationSystem, facts: ChangeFacts) -> Change:
    """Ask for a change, on which an administrator will decide.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
        AlreadyRetired: when the system is out of use.
        ValidationError: naming each fact that breaks a rule.
    """
    require(actor, Verb.EDIT, system.organisation)
    if system.status == SystemStatus.RETIRED:
        raise AlreadyRetired(system.name)
    change = Change(system=system, requested_by_id=actor.user_id, requested_at=now(), **facts.values())
    save_checked(change)
    record(
        system.organisation,
        subject=urn("registry.change", change.pk),
        summary=f"「{system.name}」の変更「{change.title}」を申請しました。",
        changes=first_values(facts.values()),
    )
    return change
