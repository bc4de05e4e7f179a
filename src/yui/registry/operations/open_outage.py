"""Note an outage."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.operations.saving import first_values, save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.registry.facts import OutageFacts
from yui.registry.models import InformationSystem, Outage


@operation("registry.outage.open")
def open_outage(actor: Actor, *, system: InformationSystem, facts: OutageFacts) -> Outage:
    """Note that the system is, or was, down; without an end the outage stays open.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
        ValidationError: when the end is not after the start, or the same outage is there already.
    """
    require(actor, Verb.EDIT, system.organisation)
    outage = Outage(system=system, **facts.values())
    save_checked(outage)
    record(
        system.organisation,
        subject=urn("registry.outage", outage.pk),
        summary=f"「{system.name}」の障害「{outage.title}」を登録しました。",
        changes=first_values(facts.values()),
        visibility=system.visibility,
    )
    return outage
