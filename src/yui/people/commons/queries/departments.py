"""Which department stands for a person who writes without a name."""

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.public import Membership


def department_of(actor: Actor, organisation: Organisation) -> str:
    """Return the department that stands for the person in a body; empty where none is known."""
    own = Membership.objects.owned_by(organisation).valid_on(today()).filter(user_id=actor.user_id)
    return own.exclude(department=None).values_list("department__name", flat=True).first() or ""
