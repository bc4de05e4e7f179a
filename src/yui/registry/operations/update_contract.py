"""Change what is stated about a contract."""

from yui.kernel.links import urn
from yui.kernel.operations import operation
from yui.kernel.operations.saving import change_record, record_changes
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.basis import require_basis
from yui.registry.facts import ContractFacts
from yui.registry.models import Contract
from yui.registry.operations.add_contract import require_own_systems, system_names


@operation("registry.contract.update")
def update_contract(actor: Actor, *, contract: Contract, facts: ContractFacts, basis: str = "") -> bool:
    """Give the contract these facts and systems; tell whether anything changed.

    Args:
        basis: what the editor has seen (``basis_of``); empty for files and programs, which overwrite.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
        ChangedMeanwhile: when somebody else changed the record since then.
        OtherOrganisation: when one of the systems belongs to another organisation.
        ValidationError: naming each fact that breaks a rule.
    """
    organisation = contract.organisation
    require(actor, Verb.EDIT, organisation)
    require_own_systems(facts.systems, organisation)
    stored = (
        Contract.objects.owned_by(organisation)
        .select_for_update(of=("self",))
        .select_related("organisation", "vendor")
        .get(pk=contract.pk)
    )
    systems = frozenset(stored.systems.owned_by(organisation))
    require_basis(stored, basis, facts.values())
    changes = change_record(stored, facts.values())
    if systems != facts.systems:
        stored.systems.remove(*(systems - facts.systems))
        stored.systems.add(*(facts.systems - systems))
        changes["systems"] = [system_names(systems), system_names(facts.systems)]
    return record_changes(
        organisation,
        changes,
        subject=urn("registry.contract", stored.pk),
        summary=f"契約「{stored.title}」を更新しました。",
        visibility=stored.visibility,
    )
