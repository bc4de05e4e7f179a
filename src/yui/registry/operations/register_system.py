"""Register a system."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.operations.saving import first_values, save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.registry.errors import OtherOrganisation
from yui.registry.facts import SystemFacts
from yui.registry.models import InformationSystem


@operation("registry.system.register")
def register_system(actor: Actor, *, organisation: Organisation, facts: SystemFacts) -> InformationSystem:
    """Register an information system of the organisation.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
        ValidationError: naming each fact that breaks a rule (a code in use, a category without its area …).
    """
    require(actor, Verb.EDIT, organisation)
    require_own_department(facts, organisation)
    system = InformationSystem(organisation=organisation, **facts.values())
    save_checked(system)
    record(
        organisation,
        subject=urn("registry.system", system.pk),
        summary=f"情報システム「{system.name}」を登録しました。",
        changes=first_values(facts.values()),
        visibility=system.visibility,
    )
    return system


def require_own_department(facts: SystemFacts, organisation: Organisation) -> None:
    """Refuse a department of another organisation as owner."""
    if facts.department is not None and facts.department.organisation_id != organisation.pk:
        raise OtherOrganisation(facts.department.name)
