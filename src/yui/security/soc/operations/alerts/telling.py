"""One way to record a step on a group: in its ward's ledger, and to the joint body that watches."""

from collections.abc import Mapping
from typing import Any

from yui.kernel.links import urn
from yui.kernel.policy import Actor
from yui.security.soc.models import AlertGroup
from yui.security.soc.operations.recording import record_watched


def tell(
    actor: Actor, group: AlertGroup, kind: str, sentence: str, changes: Mapping[str, Any] | None = None
) -> None:
    """Record what the running operation did with a group; the rule's title names it, no event's content."""
    record_watched(
        actor,
        group.organisation,
        kind=kind,
        subject=urn("soc.alert", group.pk),
        summary=f"検知「{group.title[:120]}」{sentence}",
        changes=changes,
    )
