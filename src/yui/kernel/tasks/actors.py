"""Whom a job works for, kept as JSON between asking and running."""

from dataclasses import asdict, fields
from typing import Any

from yui.kernel.policy import Actor, ActorKind, Membership, Role


def actor_to_json(actor: Actor) -> dict[str, Any]:
    """Return the actor as JSON, with the roles held at this moment."""
    return {
        "kind": actor.kind.value,
        "user_id": actor.user_id,
        "name": actor.name,
        "memberships": [asdict(membership) for membership in actor.memberships],
    }


def actor_from_json(kept: dict[str, Any]) -> Actor:
    """Return the actor as it was when the job was asked for."""
    names = {field.name for field in fields(Membership)}
    held = tuple(
        Membership(
            **{name: value for name, value in {**one, "role": Role(one["role"])}.items() if name in names}
        )
        for one in kept.get("memberships", [])
    )
    return Actor(
        kind=ActorKind(kept.get("kind", ActorKind.ANONYMOUS.value)),
        user_id=kept.get("user_id"),
        name=kept.get("name", ""),
        memberships=held,
    )
