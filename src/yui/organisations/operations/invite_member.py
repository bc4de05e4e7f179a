"""Registers a person in an organisation."""

from dataclasses import dataclass
from datetime import date

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.errors import PersonKnownOtherwise
from yui.organisations.models import Department, Membership, User
from yui.organisations.models.user import normalise_email, normalise_username
from yui.organisations.operations.grant_role import grant_role
from yui.organisations.policies import require_administration


@dataclass(frozen=True)
class Person:
    """What an administrator writes about a person; ``username`` is the 職員ID."""

    username: str
    name_ja: str
    name_kana: str = ""
    name_en: str = ""
    email: str = ""


@operation("organisations.member.invite")
def invite_member(
    actor: Actor,
    *,
    organisation: Organisation,
    person: Person,
    role: str,
    department: Department | None,
    valid_from: date,
    valid_to: date | None = None,
) -> Membership:
    """Make the account and give the role; an account with the same id and name gets the role only.

    The account has no password: the person sets one by a link (``make_password_link``), or signs in
    through the organisation's provider. An account that exists is not changed, because it may belong to
    other organisations too.

    Raises:
        PersonKnownOtherwise: when the id belongs to somebody of another name, or the address is in use.
        MembershipError: as ``grant_role``.
    """
    require_administration(actor, organisation)
    username, email = normalise_username(person.username), normalise_email(person.email)
    known = User.objects.filter(username=username).first()
    if known is not None and known.name_ja != person.name_ja.strip():
        raise PersonKnownOtherwise(username)
    if known is None and email and User.objects.filter(email=email).exists():
        raise PersonKnownOtherwise(email)
    user = known or User.objects.create_user(
        username,
        email=email,
        name_ja=person.name_ja.strip(),
        name_kana=person.name_kana.strip(),
        name_en=person.name_en.strip(),
    )
    record(
        organisation,
        subject=urn("organisations.user", user.pk),
        summary=f"{user.name_ja}さんを職員として登録しました",
        changes={"username": [None, user.username]},
    )
    return grant_role(
        actor,
        person=user,
        organisation=organisation,
        role=role,
        department=department,
        valid_from=valid_from,
        valid_to=valid_to,
    )
