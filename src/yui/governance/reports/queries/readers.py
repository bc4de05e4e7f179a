"""With whose eyes a report is put together: those that all of its readers share."""

from yui.governance.indicators.public import JOINT
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import Actor, Membership, Role
from yui.kernel.policy.actor import ActorKind
from yui.kernel.scope.models import Organisation

NOBODY = 0
"""No person and no organisation has this key: what belongs to one of them alone stays unseen."""


def reader_of(organisation: Organisation) -> Actor:
    """Return the actor with whose rights a report of the organisation is put together.

    A ward's own report is read by that ward: the actor is a viewer there. A joint report is read by every
    ward: the actor is a member, but of no organisation, and sees what all wards see and no more.
    """
    if organisation.is_ward:
        membership = Membership(
            organisation.pk, organisation.code, Role.VIEWER, organisation.kind, organisation.name_ja
        )
    else:
        membership = Membership(NOBODY, "", Role.VIEWER, organisation.kind)
    return Actor(ActorKind.PERSON, NOBODY, f"reports:{membership.organisation_code}", (membership,))


def scope_of(organisation: Organisation) -> MeasureScope:
    """Return whose figures a report shows: the ward's own, or those of all wards together."""
    return MeasureScope(organisation if organisation.is_ward else None)


def scope_code_of(organisation: Organisation) -> str:
    """Return the code under which the figures are stored."""
    return organisation.code if organisation.is_ward else JOINT
