"""Changes a person's names, id and address."""

from allauth.account.models import EmailAddress

from yui.kernel.links import urn
from yui.kernel.operations import field_changes, field_values, operation, record, record_nothing
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.errors import PersonKnownOtherwise
from yui.organisations.models import User
from yui.organisations.models.user import normalise_email, normalise_username
from yui.organisations.operations.invite_member import Person
from yui.organisations.policies import demand_whole_person, require_administration

FIELDS = ["username", "name_ja", "name_kana", "name_en", "email"]


@operation("organisations.person.edit")
def edit_person(actor: Actor, *, user: User, organisation: Organisation, person: Person) -> User:
    """Save what the administrator wrote about a person who works in ``organisation``.

    Raises:
        SharedPerson: when the person holds roles that the actor does not administer.
        PersonKnownOtherwise: when the id or the address belongs to somebody else.
    """
    require_administration(actor, organisation)
    demand_whole_person(actor, user)
    username, email = normalise_username(person.username), normalise_email(person.email)
    others = User.objects.exclude(pk=user.pk)
    if others.filter(username=username).exists():
        raise PersonKnownOtherwise(username)
    if email and others.filter(email=email).exists():
        raise PersonKnownOtherwise(email)
    before = field_values(user, FIELDS)
    user.username, user.email, user.name_ja = username, email, person.name_ja.strip()
    user.name_kana, user.name_en = person.name_kana.strip(), person.name_en.strip()
    changes = field_changes(before, field_values(user, FIELDS))
    if not changes:
        record_nothing("every field is as it was")
        return user
    user.save()
    if "email" in changes:
        # allauth keeps addresses of its own; an old one must not sign in any more.
        EmailAddress.objects.filter(user=user).delete()
    record(
        organisation,
        subject=urn("organisations.user", user.pk),
        summary=f"{user.name_ja}さんの氏名・連絡先を変えました",
        changes=changes,
    )
    return user
