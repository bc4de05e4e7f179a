"""How far a reader may reach into the stored events."""

from yui.kernel.lake.reach import Reach
from yui.kernel.policy import Actor
from yui.security.soc.policies import readable_codes


def reach_of(actor: Actor) -> Reach:
    """Return the reader's own organisations and the wards that these watch; everything for the system."""
    if actor.is_system:
        return Reach.of(actor)
    return Reach(readable_codes(actor), None, "the reader's own organisations and those they watch")
