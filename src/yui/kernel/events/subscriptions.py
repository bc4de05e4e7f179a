"""Who wants to know: functions called after an event's transaction has committed."""

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from yui.kernel.events.models import Event

Subscriber = Callable[["Event"], None]
EVERY_KIND = "*"

_subscribers: dict[str, list[Subscriber]] = defaultdict(list)
_log = structlog.get_logger(__name__)


def subscribe(kind: str) -> Callable[[Subscriber], Subscriber]:
    """Call the decorated function with each event of ``kind`` (``*`` for all), after the commit.

    Subscribers run in the process that published. One that fails is logged and does not disturb the
    others: what must not be lost belongs in the operation itself or in a job.
    """

    def decorate(function: Subscriber) -> Subscriber:
        if function not in _subscribers[kind]:
            _subscribers[kind].append(function)
        return function

    return decorate


def deliver(event: "Event") -> None:
    """Hand ``event`` to its subscribers."""
    for function in [*_subscribers[event.kind], *_subscribers[EVERY_KIND]]:
        try:
            function(event)
        except Exception:
            _log.exception("subscriber_failed", kind=event.kind, subscriber=function.__qualname__)
