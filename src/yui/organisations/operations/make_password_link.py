"""Makes a one-time link by which a person sets a new password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.models import User
from yui.organisations.policies import demand_whole_person, require_administration


@operation("organisations.password.link")
def make_password_link(actor: Actor, *, user: User, organisation: Organisation) -> str:
    """Return the path of a page where the person sets a new password, once.

    The link ends with its use, with the person's next sign-in, or after ``PASSWORD_RESET_TIMEOUT`` seconds.

    Raises:
        SharedPerson: when the person holds roles that the actor does not administer.
    """
    require_administration(actor, organisation)
    demand_whole_person(actor, user)
    record(
        organisation,
        subject=urn("organisations.user", user.pk),
        summary=f"{user.name_ja}さんのパスワードを決める1回限りのリンクを作りました",
    )
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
