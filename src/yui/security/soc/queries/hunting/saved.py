"""Saved hunts within sight, and what the daily ones found."""

from yui.kernel.policy import Actor
from yui.security.soc.models import SavedHunt, SavedHuntCount
from yui.security.soc.models.saved_hunt import SavedHuntQuerySet


def saved_hunts(actor: Actor) -> SavedHuntQuerySet:
    """Return the saved hunts that the actor finds, with owner and organisation."""
    found: SavedHuntQuerySet = SavedHunt.objects.visible_to(actor).select_related("owner", "organisation")
    return found


def latest_counts(actor: Actor, hunt: SavedHunt, most: int) -> list[SavedHuntCount]:
    """Return the counts of the last days, the newest first."""
    return list(SavedHuntCount.objects.visible_to(actor).filter(hunt=hunt)[:most])
