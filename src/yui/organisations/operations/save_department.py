"""Adds a department, or changes one: code, name, place in the tree, period."""

from datetime import date

from yui.kernel.links import urn
from yui.kernel.operations import field_changes, field_values, operation, record, record_nothing
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.errors import CodeTaken, DepartmentElsewhere, PeriodReversed
from yui.organisations.models import Department
from yui.organisations.policies import require_administration

FIELDS = ["code", "name", "parent", "valid_from", "valid_to"]


@operation("organisations.department.save")
def save_department(
    actor: Actor,
    *,
    organisation: Organisation,
    department: Department | None,
    code: str,
    name: str,
    parent: Department | None,
    valid_from: date,
    valid_to: date | None,
) -> Department:
    """Save a department of the organisation; ``department`` is None for a new one.

    Raises:
        CodeTaken, PeriodReversed: when the fields do not fit.
        DepartmentElsewhere: when the parent is of another organisation or lies below the department.
    """
    require_administration(actor, organisation)
    saved = department or Department(organisation=organisation)
    before = field_values(saved, FIELDS) if department else {}
    _demand_place(organisation, saved, parent)
    if valid_to is not None and valid_to < valid_from:
        raise PeriodReversed
    if Department.objects.owned_by(organisation).filter(code=code).exclude(pk=saved.pk).exists():
        raise CodeTaken(code)
    saved.code, saved.name, saved.parent = code, name, parent
    saved.valid_from, saved.valid_to = valid_from, valid_to
    changes = field_changes(before, field_values(saved, FIELDS))
    if not changes:
        record_nothing("every field is as it was")
        return saved
    saved.save()
    verb = "変えました" if department else "登録しました"
    record(
        organisation,
        subject=urn("organisations.department", saved.pk),
        summary=f"部署「{saved.name}」を{verb}",
        changes=changes,
    )
    return saved


def _demand_place(organisation: Organisation, department: Department, parent: Department | None) -> None:
    """Raise :class:`DepartmentElsewhere` unless the parent is of the organisation and not below."""
    if department.organisation_id != organisation.pk:
        raise DepartmentElsewhere
    parents = dict(Department.objects.owned_by(organisation).values_list("pk", "parent_id"))
    step = parent.pk if parent else None
    while step is not None:
        if step == department.pk or step not in parents:
            raise DepartmentElsewhere
        step = parents[step]
