"""Remove a saved hunt."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import SavedHunt
from yui.security.soc.operations.hunting.facts import HuntFacts
from yui.security.soc.operations.hunting.recording import record_hunt
from yui.security.soc.policies import require_hunt_removal


@operation("soc.hunt.remove")
def remove_hunt(actor: Actor, *, hunt: SavedHunt) -> HuntFacts:
    """Remove a hunt with its daily counts; the ledger keeps what it asked. Return what it was.

    Raises:
        PermissionRefused: when the actor is neither its owner nor, for a shared one, an administrator of the
            organisation.
    """
    stored = SavedHunt.objects.visible_to(actor).select_related("organisation").get(pk=hunt.pk)
    require_hunt_removal(actor, stored)
    was = HuntFacts(stored.name, stored.text, stored.span, stored.why, stored.sharing, stored.is_daily)
    record_hunt(stored, "削除しました", {name: [value, None] for name, value in was.values().items()})
    stored.delete()
    return was
