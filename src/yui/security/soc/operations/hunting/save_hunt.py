"""Save a hunt under a name."""

from yui.kernel.operations import operation
from yui.kernel.operations.saving import first_values, save_checked
from yui.kernel.policy import Actor, PermissionRefused, Verb, require
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import SavedHunt
from yui.security.soc.operations.hunting.facts import HuntFacts, require_room_for_daily
from yui.security.soc.operations.hunting.recording import record_hunt


@operation("soc.hunt.save")
def save_hunt(actor: Actor, *, organisation: Organisation, facts: HuntFacts) -> SavedHunt:
    """Keep a hunt of the actor.

    Raises:
        PermissionRefused: when the actor is no person who may edit for the organisation.
        HuntUnreadable: when the question makes no sense.
        TooManyDailyHunts: when the person has as many daily ones as one may have.
        ValidationError: naming each field that is wrong; also a name that the person has used.
    """
    require(actor, Verb.EDIT, organisation)
    if actor.user_id is None:
        raise PermissionRefused(actor, Verb.EDIT)
    values = facts.values()
    hunt = SavedHunt(organisation=organisation, owner_id=actor.user_id, **values)
    if hunt.is_daily:
        require_room_for_daily(hunt)
    save_checked(hunt)
    record_hunt(hunt, "保存しました", first_values(values))
    return hunt
