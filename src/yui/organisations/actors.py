"""From a signed-in person to the actor that policy asks about."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from yui.kernel.policy import Actor, ActorKind, Role
from yui.kernel.policy import Membership as HeldRole
from yui.organisations.models import Membership

if TYPE_CHECKING:
    from yui.organisations.models import User


def actor_of(user: "User | AnonymousUser") -> Actor:
    """Return the actor with the roles in force today (one query); anonymous for a closed account."""
    if user.pk is None or not user.is_active:
        return Actor.anonymous()
    rows = (
        Membership.objects.unscoped("the actor's own roles decide the scope")
        .valid_on(timezone.localdate())
        .filter(user_id=user.pk, organisation__is_active=True)
        .order_by("organisation__sort_order", "organisation__code", "role")
        .values_list(
            "organisation_id", "organisation__code", "role", "organisation__kind", "organisation__name_ja"
        )
    )
    held = tuple(HeldRole(pk, code, Role(role), kind, name) for pk, code, role, kind, name in rows)
    return Actor(kind=ActorKind.PERSON, user_id=user.pk, name=user.name_ja, memberships=held)
