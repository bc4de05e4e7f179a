"""Changes the role, the department or the period of a membership."""

from datetime import date

from yui.kernel.links import urn
from yui.kernel.operations import field_changes, field_values, operation, record, record_nothing
from yui.kernel.policy import Actor, Role
from yui.organisations.errors import DepartmentElsewhere, PeriodReversed, RoleHeldAlready
from yui.organisations.models import Department, Membership
from yui.organisations.operations.administrators import keep_an_administrator
from yui.organisations.policies import demand_offered, require_administration

FIELDS = ["role", "department", "valid_from", "valid_to"]


@operation("organisations.role.change")
def change_membership(
    actor: Actor,
    *,
    membership: Membership,
    role: str,
    department: Department | None,
    valid_from: date,
    valid_to: date | None,
) -> Membership:
    """Save the fields; they count from the person's next click on.

    Raises:
        LastAdministrator: when nobody else administers the organisation without an end date.
        RoleNotOffered, RoleHeldAlready, PeriodReversed, DepartmentElsewhere: when a field does not fit.
    """
    organisation = membership.organisation
    require_administration(actor, organisation)
    chosen = demand_offered(role, organisation)
    if department is not None and department.organisation_id != organisation.pk:
        raise DepartmentElsewhere
    if valid_to is not None and valid_to < valid_from:
        raise PeriodReversed
    same = Membership.objects.owned_by(organisation).filter(user=membership.user, role=chosen)
    if same.exclude(pk=membership.pk).exists():
        raise RoleHeldAlready(membership.user.name, str(chosen.label))
    if chosen is not Role.ADMINISTRATOR or valid_to is not None:
        keep_an_administrator(membership)
    before = field_values(membership, FIELDS)
    membership.role, membership.department = chosen.value, department
    membership.valid_from, membership.valid_to = valid_from, valid_to
    changes = field_changes(before, field_values(membership, FIELDS))
    if not changes:
        record_nothing("every field is as it was")
        return membership
    membership.save()
    record(
        organisation,
        subject=urn("organisations.user", membership.user_id),
        summary=f"{membership.user.name_ja}さんの役割を変えました",
        changes=changes,
    )
    return membership
