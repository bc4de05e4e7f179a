"""One verb: permission, change, ledger and event in one transaction.

``@operation`` wraps a function whose first parameter is the actor. It opens the transaction, and when
the function returns it makes sure that permission was checked (``require``) and the act recorded
(``record``); an operation that forgot either is rolled back with ``OperationIncomplete``.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from yui.kernel.events.publish import publish
from yui.kernel.ledger.append import Act, append
from yui.kernel.operations.field_changes import plain
from yui.kernel.policy import Actor
from yui.kernel.policy.checkpoint import Checkpoint, current_checkpoint
from yui.kernel.scope.models import Organisation
from yui.kernel.scope.visibility import Visibility

P = ParamSpec("P")
R = TypeVar("R")

_current_actor: ContextVar[Actor | None] = ContextVar("current_actor", default=None)


class OperationIncomplete(Exception):
    """An operation ended without checking permission or without recording what it did."""


class OutsideOperation(Exception):
    """``record`` was called outside an operation."""


@dataclass(frozen=True)
class Operation:
    """A registered verb."""

    verb: str
    name: str
    purpose: str


registered: dict[str, Operation] = {}


def operation(verb: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function the operation ``verb`` (room.noun.verb)."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        purpose = (function.__doc__ or "").strip().splitlines()[0] if function.__doc__ else ""
        registered[verb] = Operation(verb, f"{function.__module__}.{function.__qualname__}", purpose)

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = args[0] if args else kwargs["actor"]
            if not isinstance(actor, Actor):
                raise TypeError(f"{verb}: the first argument of an operation is its actor")
            checkpoint = Checkpoint(verb)
            tokens = current_checkpoint.set(checkpoint), _current_actor.set(actor)
            try:
                with transaction.atomic():
                    result = function(*args, **kwargs)
                    _demand_complete(checkpoint)
                    return result
            finally:
                current_checkpoint.reset(tokens[0])
                _current_actor.reset(tokens[1])

        return run

    return decorate


def _demand_complete(checkpoint: Checkpoint) -> None:
    if not checkpoint.checked:
        raise OperationIncomplete(f"{checkpoint.verb}: permission was not checked (call require)")
    if not checkpoint.recorded:
        raise OperationIncomplete(f"{checkpoint.verb}: nothing was recorded (call record or record_nothing)")


def actor_text(actor: Actor) -> str:
    """Return how the ledger names an actor: kind and number, then the name of that day."""
    if actor.user_id is None:
        return actor.name
    return f"user:{actor.user_id}|{actor.name}"


def record(
    organisation: Organisation,
    *,
    subject: str,
    summary: str,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    visibility: str = Visibility.OWN,
    shown_as: str = "",
) -> None:
    """Write the running operation into the ledger of ``organisation`` and publish its event.

    Args:
        organisation: whose chain takes the entry.
        subject: the URN of the record acted on.
        summary: one line for people, in Japanese.
        changes: ``{field: [before, after]}``.
        data: whatever else must be remembered (no secrets).
        visibility: who sees the event among the other organisations.
        shown_as: the name that the event carries instead of the actor's, for one who acts under the name of
            a department; the ledger keeps who it was.
    """
    checkpoint, actor = current_checkpoint.get(), _current_actor.get()
    if checkpoint is None or actor is None:
        raise OutsideOperation("record() belongs inside a function decorated with @operation")
    payload = {"summary": summary, "changes": plain(changes or {}), "data": plain(data or {})}
    append(organisation.code, [Act(actor_text(actor), checkpoint.verb, subject, payload)])
    publish(
        kind=checkpoint.verb,
        organisation=organisation,
        subject=subject,
        summary=summary,
        actor_name=shown_as or actor.name,
        data=payload["data"],
        visibility=visibility,
    )
    checkpoint.recorded = True


def record_nothing(reason: str) -> None:
    """End an operation that found nothing to change; ``reason`` tells the reader of the code why."""
    checkpoint = current_checkpoint.get()
    if checkpoint is None:
        raise OutsideOperation("record_nothing() belongs inside a function decorated with @operation")
    if not reason:
        raise ValueError("say why nothing changed")
    checkpoint.recorded = True
