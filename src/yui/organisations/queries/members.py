"""Who works in an organisation, as far as the reader may know."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.models import Department, IdentityProvider, Membership, User
from yui.organisations.models.membership import MembershipQuerySet
from yui.organisations.policies import can_administer


def memberships_of(actor: Actor, organisation: Organisation) -> MembershipQuerySet:
    """Return the organisation's memberships that the actor may see: all for those who administer it."""
    if can_administer(actor, organisation):
        rows = Membership.objects.owned_by(organisation)
    else:
        rows = Membership.objects.visible_to(actor).filter(organisation=organisation)
    return rows.select_related("user", "department", "organisation")


def with_second_factor(rows: MembershipQuerySet) -> MembershipQuerySet:
    """Add ``has_second_factor``: whether the person has a passkey or a code application."""
    return rows.annotate(has_second_factor=Exists(Authenticator.objects.filter(user_id=OuterRef("user_id"))))


def departments_of(actor: Actor, organisation: Organisation) -> list[Department]:
    """Return the organisation's departments that the actor may see, by code."""
    if can_administer(actor, organisation):
        rows = Department.objects.owned_by(organisation)
    else:
        rows = Department.objects.visible_to(actor).filter(organisation=organisation)
    return list(rows.select_related("parent").order_by("code"))


def providers_of(actor: Actor, organisation: Organisation) -> list[IdentityProvider]:
    """Return the organisation's sign-in services; only those who administer it see them."""
    if not can_administer(actor, organisation):
        return []
    return list(IdentityProvider.objects.owned_by(organisation))


def member_of(actor: Actor, organisation: Organisation, user_id: int) -> tuple[User, list[Membership]] | None:
    """Return a person and the memberships in the organisation; None unless the actor may see one."""
    found = list(memberships_of(actor, organisation).filter(user__pk=user_id).order_by("role"))
    return (found[0].user, found) if found else None


@dataclass(frozen=True)
class DepartmentNode:
    """A department with its depth in the tree (0 at the root) and its number of present members."""

    department: Department
    depth: int
    members: int


def department_tree(actor: Actor, organisation: Organisation) -> list[DepartmentNode]:
    """Return the departments depth first, each level by code."""
    departments = departments_of(actor, organisation)
    children: dict[int | None, list[Department]] = {}
    for department in departments:
        children.setdefault(department.parent_id, []).append(department)
    present = memberships_of(actor, organisation).valid_on(today()).values_list("department_id", flat=True)
    counts: dict[int | None, int] = {}
    for department_id in present:
        counts[department_id] = counts.get(department_id, 0) + 1
    nodes: list[DepartmentNode] = []
    waiting = [(department, 0) for department in reversed(children.get(None, []))]
    while waiting:
        department, depth = waiting.pop()
        nodes.append(DepartmentNode(department, depth, counts.get(department.pk, 0)))
        waiting += [(child, depth + 1) for child in reversed(children.get(department.pk, []))]
    return nodes
