"""What has changed since a page was last told, within what its reader may see."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from yui.kernel.calendar_jp import now
from yui.kernel.events.models import Event
from yui.kernel.live.cursor import MOST_TOLD, Cursor
from yui.kernel.policy import Actor

LIMIT = 200
SETTLING = timedelta(seconds=15)
REASON = "which event is the latest; its number alone is told"


@dataclass(frozen=True)
class Change:
    """One event, as little of it as a page needs to know that it should look again."""

    number: int
    kind: str
    subject: str


@dataclass(frozen=True)
class Changes:
    """The changes since a cursor and the cursor after them; ``is_cut`` when there were too many to tell."""

    changes: tuple[Change, ...]
    cursor: Cursor
    is_cut: bool = False


def settled_number() -> int:
    """Return the number up to which no further event can appear.

    SQLite has one writer, so its numbers appear in order. Elsewhere an event may appear late by as long
    as its transaction took; after ``SETTLING`` it no longer counts as possible.
    """
    events = Event.objects.unscoped(REASON).order_by("-pk")
    if connection.vendor != "sqlite":
        events = events.filter(at__lt=now() - SETTLING)
    return events.values_list("pk", flat=True).first() or 0


def start_here() -> Cursor:
    """Return the cursor of a page that opens now: what happened before is in the page itself."""
    settled = settled_number()
    recent = Event.objects.unscoped(REASON).filter(pk__gt=settled).order_by("-pk")
    return Cursor(settled).advanced(recent.values_list("pk", flat=True)[: MOST_TOLD + 1], settled)


def changes_since(cursor: Cursor, actor: Actor) -> Changes:
    """Return what ``actor`` may see of the changes after ``cursor``, oldest first."""
    settled = settled_number()
    rows = (
        Event.objects.visible_to(actor)
        .filter(pk__gt=cursor.base)
        .exclude(pk__in=cursor.told)
        .order_by("pk")
        .values_list("pk", "kind", "subject")[: LIMIT + 1]
    )
    found = tuple(Change(*row) for row in rows)
    if len(found) > LIMIT:
        return Changes((), start_here(), is_cut=True)
    return Changes(found, cursor.advanced((change.number for change in found), settled))


def visible_among(numbers: Iterable[int], actor: Actor) -> tuple[Change, ...]:
    """Return those of the events that ``actor`` may see, oldest first."""
    rows = Event.objects.visible_to(actor).filter(pk__in=list(numbers)).order_by("pk")
    return tuple(Change(*row) for row in rows.values_list("pk", "kind", "subject"))


def as_message(changes: Changes) -> bytes:
    """Return a server-sent event: ``changes`` with kinds and subjects, or ``reset`` (load everything anew).

    Without changes it only moves the browser's ``Last-Event-ID``.
    """
    lines = [f"id: {changes.cursor}"]
    if changes.is_cut:
        lines += ["event: reset", "data: {}"]
    elif changes.changes:
        told = [{"kind": change.kind, "subject": change.subject} for change in changes.changes]
        lines += ["event: changes", "data: " + json.dumps({"changes": told}, ensure_ascii=False)]
    return ("\n".join(lines) + "\n\n").encode()
