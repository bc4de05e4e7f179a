"""Who may administer which organisation and which person.

An organisation is administered by its own administrators; joint bodies also by those of the 事務局, who
alone create organisations. An account (name, address, password, second factor) belongs to all the
organisations that its person works in: whoever changes it must administer every one of them. Otherwise
an administrator could invite a colleague of another ward, reset the password, and act there.
"""

from django.utils import translation

from yui.kernel.policy import Actor, Role, Verb, allows, require
from yui.kernel.scope.models import Organisation, OrganisationKind
from yui.organisations.errors import RoleNotOffered, SharedPerson
from yui.organisations.models import Membership, User
from yui.organisations.official_codes import SECRETARIAT_CODE


def offered_roles(organisation: Organisation) -> list[Role]:
    """Return the roles that exist in an organisation: 共同体職員 only in a joint body."""
    is_joint = organisation.kind == OrganisationKind.JOINT_BODY
    return [role for role in Role if is_joint or role is not Role.JOINT_STAFF]


def role_name_ja(role: str) -> str:
    """Return a role's Japanese name, in which the ledger is written whatever language the reader uses."""
    with translation.override("ja"):
        return str(Role(role).label)


def demand_offered(role: str, organisation: Organisation) -> Role:
    """Return the role if the organisation has it; raise :class:`RoleNotOffered` otherwise."""
    if role not in offered_roles(organisation):
        label = Role(role).label if role in Role.values else role
        raise RoleNotOffered(str(label), organisation.name)
    return Role(role)


def secretariat() -> Organisation | None:
    """Return the 事務局, if the installation has one."""
    return Organisation.objects.filter(code=SECRETARIAT_CODE, is_active=True).first()


def _authority(actor: Actor, organisation: Organisation) -> Organisation:
    """Return the organisation whose administrators decide: the 事務局 for other joint bodies."""
    if organisation.kind == OrganisationKind.JOINT_BODY and not allows(actor, Verb.ADMINISTER, organisation):
        return secretariat() or organisation
    return organisation


def can_administer(actor: Actor, organisation: Organisation) -> bool:
    """Tell whether the actor administers the organisation, itself or from the 事務局."""
    return allows(actor, Verb.ADMINISTER, _authority(actor, organisation))


def require_administration(actor: Actor, organisation: Organisation) -> None:
    """Let the running operation go on only for an administrator; raise ``PermissionRefused`` otherwise."""
    require(actor, Verb.ADMINISTER, _authority(actor, organisation))


def administered_organisations(actor: Actor) -> list[Organisation]:
    """Return the active organisations that the actor administers, in official order."""
    return [o for o in Organisation.objects.active() if can_administer(actor, o)] if actor.is_member else []


def can_create_organisations(actor: Actor) -> bool:
    """Tell whether the actor is an administrator of the 事務局."""
    office = secretariat()
    return office is not None and allows(actor, Verb.ADMINISTER, office)


def holds_whole_person(actor: Actor, person: User) -> bool:
    """Tell whether every role of the person that has not ended lies in what the actor administers."""
    if actor.is_system:
        return True
    rows = Membership.objects.unscoped("whether the person works elsewhere too").filter(user=person)
    organisations = {row.organisation for row in rows.not_ended().select_related("organisation")}
    return bool(organisations) and all(can_administer(actor, organisation) for organisation in organisations)


def demand_whole_person(actor: Actor, person: User) -> None:
    """Raise :class:`SharedPerson` when the person holds roles that the actor does not administer."""
    if not holds_whole_person(actor, person):
        raise SharedPerson
