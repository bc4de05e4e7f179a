"""Ends a membership."""

from django.utils import timezone

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor
from yui.organisations.models import Membership
from yui.organisations.operations.administrators import keep_an_administrator
from yui.organisations.policies import require_administration, role_name_ja


@operation("organisations.role.end")
def end_membership(actor: Actor, *, membership: Membership) -> Membership:
    """End the role today; it grants nothing from now on, also where the person is signed in.

    Raises:
        LastAdministrator: when nobody else administers the organisation without an end date.
    """
    require_administration(actor, membership.organisation)
    keep_an_administrator(membership)
    before = membership.valid_to
    membership.valid_to = timezone.localdate()
    membership.valid_from = min(membership.valid_from, membership.valid_to)
    membership.save()
    record(
        membership.organisation,
        subject=urn("organisations.user", membership.user_id),
        summary=f"{membership.user.name_ja}さんの役割「{role_name_ja(membership.role)}」を終わらせました",
        changes={"valid_to": [before, membership.valid_to]},
    )
    return membership
