"""Resets the second factor of a person who lost it."""

from allauth.mfa.models import Authenticator

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.models import User
from yui.organisations.policies import demand_whole_person, require_administration
from yui.organisations.session_limits import end_all_sessions


@operation("organisations.second_factor.reset")
def reset_second_factor(actor: Actor, *, user: User, organisation: Organisation) -> int:
    """Remove the person's passkeys, code application and recovery codes; end all sessions.

    Returns how many were removed.

    Raises:
        SharedPerson: when the person holds roles that the actor does not administer.
    """
    require_administration(actor, organisation)
    demand_whole_person(actor, user)
    removed, _ = Authenticator.objects.filter(user=user).delete()
    end_all_sessions(user)
    record(
        organisation,
        subject=urn("organisations.user", user.pk),
        summary=f"{user.name_ja}さんの2要素認証を解除しました",
        data={"removed": removed},
    )
    return removed
