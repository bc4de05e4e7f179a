"""Saying which bill lines belong to which system."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.transition.costs.models import SystemMapping
from yui.transition.costs.operations.roll_up import roll_up_all


@operation("costs.mapping.save")
def map_system(
    actor: Actor, *, organisation: Organisation, column: str, value: str, system_code: str
) -> SystemMapping:
    """Let lines whose ``column`` holds ``value`` belong to ``system_code``, and add up the months anew.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
        ValidationError: for an unknown column or an empty value or code.
    """
    require(actor, Verb.EDIT, organisation)
    known = SystemMapping.objects.owned_by(organisation).filter(column=column, value=value).first()
    mapping = known or SystemMapping(organisation=organisation, column=column, value=value)
    before = mapping.system_code
    if known and before == system_code:
        record_nothing("the mapping says so already")
        return mapping
    mapping.system_code = system_code
    mapping.full_clean()
    mapping.save()
    roll_up_all(organisation)
    record(
        organisation,
        subject=urn("costs.mapping", mapping.pk),
        summary=f"{column} が {value} の行を {system_code} に対応づけました",
        changes={"system_code": [before, system_code]},
    )
    return mapping


@operation("costs.mapping.remove")
def unmap_system(actor: Actor, *, mapping: SystemMapping) -> None:
    """Remove a rule, and add up the months anew.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
    """
    organisation, subject = mapping.organisation, urn("costs.mapping", mapping.pk)
    require(actor, Verb.EDIT, organisation)
    summary = f"{mapping.column} が {mapping.value} の行の対応づけをやめました"
    before = mapping.system_code
    SystemMapping.objects.owned_by(organisation).filter(pk=mapping.pk).delete()
    roll_up_all(organisation)
    record(organisation, subject=subject, summary=summary, changes={"system_code": [before, None]})
