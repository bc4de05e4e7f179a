"""The organisation whose ledger tells of a person's sign-ins."""

from yui.kernel.scope.models import Organisation
from yui.organisations.models import Membership, User


def home_of(user: User) -> Organisation | None:
    """Return the organisation of the person's first role that has not ended, or of the last that has.

    A person who never had a role has no home, and no ledger to write to.
    """
    rows = Membership.objects.unscoped("the person's own roles").filter(user_id=user.pk)
    roles = list(rows.select_related("organisation").order_by("pk"))
    open_roles = [role for role in roles if role.valid_to is None]
    chosen = (
        open_roles[0] if open_roles else max(roles, key=lambda role: (role.valid_to, role.pk), default=None)
    )
    return chosen.organisation if chosen else None
