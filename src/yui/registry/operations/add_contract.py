"""Add a contract."""

from collections.abc import Iterable

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.operations.saving import first_values, save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.registry.errors import OtherOrganisation
from yui.registry.facts import ContractFacts
from yui.registry.models import Contract, InformationSystem


@operation("registry.contract.add")
def add_contract(actor: Actor, *, organisation: Organisation, facts: ContractFacts) -> Contract:
    """Add a contract of the organisation with the systems that it is for.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
        OtherOrganisation: when one of the systems belongs to another organisation.
        ValidationError: naming each fact that breaks a rule (a number in use, an end before the start …).
    """
    require(actor, Verb.EDIT, organisation)
    require_own_systems(facts.systems, organisation)
    contract = Contract(organisation=organisation, **facts.values())
    save_checked(contract)
    contract.systems.add(*facts.systems)
    record(
        organisation,
        subject=urn("registry.contract", contract.pk),
        summary=f"契約「{contract.title}」を登録しました。",
        changes=first_values({**facts.values(), "systems": system_names(facts.systems)}),
        visibility=contract.visibility,
    )
    return contract


def require_own_systems(systems: Iterable[InformationSystem], organisation: Organisation) -> None:
    """Refuse systems of another organisation."""
    for system in systems:
        if system.organisation_id != organisation.pk:
            raise OtherOrganisation(system.code)


def system_names(systems: Iterable[InformationSystem]) -> list[str]:
    """Return the systems as the ledger names them, in the order of their codes."""
    return [f"{system.code} {system.name}" for system in sorted(systems, key=lambda system: system.code)]
