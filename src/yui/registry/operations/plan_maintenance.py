"""Announce a maintenance window."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.operations.saving import first_values, save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.registry.errors import AlreadyRetired
from yui.registry.facts import WindowFacts
from yui.registry.models import InformationSystem, MaintenanceWindow, SystemStatus


@operation("registry.maintenance.plan")
def plan_maintenance(actor: Actor, *, system: InformationSystem, facts: WindowFacts) -> MaintenanceWindow:
    """Announce hours in which the system will be out of service.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
        AlreadyRetired: when the system is out of use.
        ValidationError: when the end is not after the start, or a window starts at the same moment.
    """
    require(actor, Verb.EDIT, system.organisation)
    if system.status == SystemStatus.RETIRED:
        raise AlreadyRetired(system.name)
    window = MaintenanceWindow(system=system, **facts.values())
    save_checked(window)
    record(
        system.organisation,
        subject=urn("registry.maintenance", window.pk),
        summary=f"「{system.name}」の計画保守「{window.title}」を登録しました。",
        changes=first_values(facts.values()),
        visibility=system.visibility,
    )
    return window
