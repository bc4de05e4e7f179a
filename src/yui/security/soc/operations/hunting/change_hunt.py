"""Change a saved hunt."""

from yui.kernel.operations import operation, record_nothing
from yui.kernel.operations.saving import change_record
from yui.kernel.policy import Actor
from yui.kernel.scope.basis import require_basis
from yui.security.soc.models import SavedHunt
from yui.security.soc.operations.hunting.errors import HiddenByAnother
from yui.security.soc.operations.hunting.facts import HuntFacts, require_room_for_daily
from yui.security.soc.operations.hunting.recording import record_hunt
from yui.security.soc.policies import require_hunt_change


@operation("soc.hunt.change")
def change_hunt(actor: Actor, *, hunt: SavedHunt, facts: HuntFacts, basis: str = "") -> bool:
    """Give a saved hunt these facts; tell whether anything changed.

    Args:
        basis: what the editor has seen (``basis_of``); empty for programs, which overwrite.

    Raises:
        PermissionRefused: when the actor may not change it.
        ChangedMeanwhile: when somebody else changed it since then.
        HiddenByAnother: when a colleague wants to make it the owner's private one.
        HuntUnreadable, TooManyDailyHunts, ValidationError: as ``save_hunt``.
    """
    stored = SavedHunt.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=hunt.pk)
    require_hunt_change(actor, stored)
    values = facts.values()
    if values["is_private"] and not stored.is_private and stored.owner_id != actor.user_id:
        raise HiddenByAnother
    require_basis(stored, basis, values)
    if values["is_daily"] and not stored.is_daily:
        require_room_for_daily(stored)
    changes = change_record(stored, values)
    if not changes:
        record_nothing("all facts are as they were")
        return False
    record_hunt(stored, "変えました", changes)
    return True
