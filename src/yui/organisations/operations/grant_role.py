"""Gives a person a role in an organisation."""

from datetime import date

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.errors import DepartmentElsewhere, PeriodReversed, RoleHeldAlready
from yui.organisations.models import Department, Membership, User
from yui.organisations.policies import demand_offered, require_administration, role_name_ja


@operation("organisations.role.grant")
def grant_role(
    actor: Actor,
    *,
    person: User,
    organisation: Organisation,
    role: str,
    department: Department | None,
    valid_from: date,
    valid_to: date | None = None,
) -> Membership:
    """Give the role from ``valid_from`` up to, but without, ``valid_to``; an ended role is taken up again.

    Raises:
        RoleNotOffered, RoleHeldAlready, PeriodReversed, DepartmentElsewhere: when the role does not fit.
    """
    require_administration(actor, organisation)
    granted = demand_offered(role, organisation)
    if department is not None and department.organisation_id != organisation.pk:
        raise DepartmentElsewhere
    if valid_to is not None and valid_to < valid_from:
        raise PeriodReversed
    held = Membership.objects.owned_by(organisation).filter(user=person, role=granted)
    if held.not_ended().exists():
        raise RoleHeldAlready(person.name, str(granted.label))
    membership = held.first() or Membership(user=person, organisation=organisation, role=granted)
    membership.department = department
    membership.valid_from, membership.valid_to = valid_from, valid_to
    membership.save()
    record(
        organisation,
        subject=urn("organisations.user", person.pk),
        summary=f"{person.name_ja}さんに役割「{role_name_ja(granted)}」を付けました",
        changes={
            "role": [None, granted.value],
            "valid_from": [None, valid_from],
            "valid_to": [None, valid_to],
        },
    )
    return membership
