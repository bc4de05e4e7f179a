"""Writes what was done into the ward's ledger, and tells the joint body that watches it."""

from collections.abc import Mapping
from typing import Any

from yui.kernel.events.publish import publish
from yui.kernel.operations import record
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.policies import watching_bodies


def record_watched(
    actor: Actor,
    ward: Organisation,
    *,
    kind: str,
    subject: str,
    summary: str,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Record the running operation for the ward; the bodies that watch it get the event too.

    Args:
        actor: who acts.
        ward: whose chain takes the entry.
        kind: the operation's verb, under which the bodies are told.
        subject: the URN of the record acted on.
        summary: one line for people, in Japanese; it names no content of events.
        changes: ``{field: [before, after]}``.
        data: whatever else must be remembered (no secrets).
    """
    record(ward, subject=subject, summary=summary, changes=changes, data=data)
    for body in watching_bodies(ward):
        if body.pk != ward.pk:
            publish(
                kind=kind, organisation=body, subject=subject, summary=summary, actor_name=actor.name, data={}
            )
