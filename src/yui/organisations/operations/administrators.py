"""The rule that an organisation keeps an administrator, shared by the operations that could break it."""

from yui.kernel.policy import Role
from yui.kernel.scope.models import Organisation
from yui.organisations.errors import LastAdministrator
from yui.organisations.models import Membership


def keep_an_administrator(membership: Membership) -> None:
    """Raise :class:`LastAdministrator` if only this membership keeps its organisation administered.

    Counted are administrators without an end date whose accounts are in use. The organisation's row is
    locked until the transaction ends, so that two administrators cannot remove each other at once.
    """
    if membership.role != Role.ADMINISTRATOR:
        return
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    others = (
        Membership.objects.owned_by(organisation)
        .filter(role=Role.ADMINISTRATOR, valid_to__isnull=True, user__is_active=True)
        .exclude(pk=membership.pk)
    )
    if not others.exists():
        raise LastAdministrator(organisation.name)
