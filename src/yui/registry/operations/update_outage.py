"""Correct what is stated about an outage."""

from yui.kernel.links import urn
from yui.kernel.operations import operation
from yui.kernel.operations.saving import change_record, record_changes
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.basis import require_basis
from yui.registry.facts import OutageFacts
from yui.registry.models import Outage


@operation("registry.outage.update")
def update_outage(actor: Actor, *, outage: Outage, facts: OutageFacts, basis: str = "") -> bool:
    """Give the outage these facts; tell whether anything changed.

    Args:
        basis: what the editor has seen (``basis_of``); empty for files and programs, which overwrite.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
        ChangedMeanwhile: when somebody else changed the record since then.
        ValidationError: when the end is not after the start, or the same outage is there already.
    """
    organisation = outage.system.organisation
    require(actor, Verb.EDIT, organisation)
    stored = Outage.objects.owned_by(organisation).select_for_update(of=("self",)).get(pk=outage.pk)
    require_basis(stored, basis, facts.values())
    changes = change_record(stored, facts.values())
    return record_changes(
        organisation,
        changes,
        subject=urn("registry.outage", stored.pk),
        summary=f"「{outage.system.name}」の障害「{stored.title}」を更新しました。",
        visibility=outage.system.visibility,
    )
