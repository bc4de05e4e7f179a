"""Publishes events inside the operation's transaction, and takes their words back."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from yui.kernel.events.models import Event
from yui.kernel.events.subscriptions import deliver
from yui.kernel.scope.models import Organisation
from yui.kernel.scope.visibility import Visibility


def reword(subject: str, summary: str) -> int:
    """Put ``summary`` in the place of everything told of a record that went off the pages; return how much.

    The ledger keeps what was done and under which words.
    """
    told = Event.objects.unscoped("what was told of one record").filter(subject=subject)
    count: int = told.update(summary=summary[:400])
    return count


def publish(
    *,
    kind: str,
    organisation: Organisation,
    subject: str,
    summary: str,
    actor_name: str,
    data: Mapping[str, Any],
    visibility: str = Visibility.OWN,
) -> Event:
    """Store one event and deliver it to subscribers after the commit."""
    event = Event.objects.create(
        kind=kind,
        organisation=organisation,
        visibility=visibility,
        subject=subject,
        summary=summary[:400],
        actor_name=actor_name[:200],
        data=dict(data),
        at=timezone.now(),
    )
    transaction.on_commit(partial(deliver, event))
    return event
