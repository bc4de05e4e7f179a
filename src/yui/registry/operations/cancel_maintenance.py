"""Call a maintenance window off."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.registry.facts import WindowFacts
from yui.registry.models import MaintenanceWindow


@operation("registry.maintenance.cancel")
def cancel_maintenance(actor: Actor, *, window: MaintenanceWindow) -> None:
    """Remove a window that will not be, or was not, used; the ledger keeps what was announced.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
    """
    organisation = window.system.organisation
    require(actor, Verb.EDIT, organisation)
    record(
        organisation,
        subject=urn("registry.maintenance", window.pk),
        summary=f"「{window.system.name}」の計画保守「{window.title}」を取りやめました。",
        changes={name: [value, None] for name, value in WindowFacts.of(window).values().items()},
        visibility=window.system.visibility,
    )
    window.delete()
