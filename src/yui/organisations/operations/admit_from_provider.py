"""Registers a person at the first sign-in through an organisation's own provider."""

from django.utils import timezone

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.organisations.errors import PersonKnownOtherwise
from yui.organisations.models import IdentityProvider, Membership, User
from yui.organisations.models.user import normalise_email


@operation("organisations.member.admit")
def admit_from_provider(actor: Actor, *, provider: IdentityProvider, email: str, name: str) -> User:
    """Make the person with the provider's default role (閲覧 or 担当); only the system may do so."""
    organisation = provider.organisation
    require(actor, Verb.ADMINISTER, organisation)
    if not email or User.objects.filter(email=normalise_email(email)).exists():
        raise PersonKnownOtherwise(email)
    username = f"{organisation.code}-{email.partition('@')[0]}"[:64]
    if User.objects.filter(username=username.lower()).exists():
        raise PersonKnownOtherwise(username)
    person = User.objects.create_user(username, email=email, name_ja=name or username)
    membership = Membership.objects.create(
        user=person, organisation=organisation, role=provider.default_role, valid_from=timezone.localdate()
    )
    record(
        organisation,
        subject=urn("organisations.user", person.pk),
        summary=f"{person.name_ja}さんを認証サービス「{provider.name}」から登録しました",
        changes={"role": [None, membership.role]},
        data={"provider": provider.slug},
    )
    return person
