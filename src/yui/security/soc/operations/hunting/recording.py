"""How the ledger and the organisation's events tell of a saved hunt."""

from collections.abc import Mapping
from typing import Any

from yui.kernel.links import urn
from yui.kernel.operations import record
from yui.security.soc.models import SavedHunt


def record_hunt(hunt: SavedHunt, done: str, changes: Mapping[str, Any] | None = None) -> None:
    """Record what was done to a hunt.

    The ledger keeps the changes; the events, which all colleagues read, do not name a private hunt.

    Args:
        done: the verb in Japanese, as it follows the object.
    """
    which = "自分だけのハント" if hunt.is_private else f"ハント「{hunt.name}」"
    record(
        hunt.organisation,
        subject=urn("soc.saved_hunt", hunt.pk),
        summary=f"{which}を{done}。",
        changes=changes,
    )
