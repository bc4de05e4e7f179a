"""Change what is stated about a system."""

from yui.kernel.links import urn
from yui.kernel.operations import operation
from yui.kernel.operations.saving import change_record, record_changes
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.basis import require_basis
from yui.registry.facts import SystemFacts
from yui.registry.models import InformationSystem
from yui.registry.operations.register_system import require_own_department


@operation("registry.system.update")
def update_system(actor: Actor, *, system: InformationSystem, facts: SystemFacts, basis: str = "") -> bool:
    """Give the system these facts; tell whether anything changed.

    The stored record is read again and locked, so the ledger names the true values before the change.

    Args:
        basis: what the editor has seen (``basis_of``); empty for files and programs, which overwrite.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
        ChangedMeanwhile: when somebody else changed the record since then.
        ValidationError: naming each fact that breaks a rule.
    """
    organisation = system.organisation
    require(actor, Verb.EDIT, organisation)
    require_own_department(facts, organisation)
    stored = (
        InformationSystem.objects.owned_by(organisation)
        .select_for_update(of=("self",))
        .select_related("organisation", "business_area", "department", "vendor")
        .get(pk=system.pk)
    )
    require_basis(stored, basis, facts.values())
    changes = change_record(stored, facts.values())
    return record_changes(
        organisation,
        changes,
        subject=urn("registry.system", stored.pk),
        summary=f"情報システム「{stored.name}」を更新しました。",
        visibility=stored.visibility,
    )
