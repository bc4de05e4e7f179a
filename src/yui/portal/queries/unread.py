"""How much is new to a reader, notices and happenings together: the number beside the bell."""

import time
from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import DateTimeField, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from yui.kernel.events.models import ReadMark
from yui.kernel.events.read_mark import mark_read, read_up_to
from yui.kernel.notices.reading import unread_notices
from yui.kernel.policy import Actor
from yui.portal.queries.happenings import LOOK_BACK, events_for

MOST = 99
COUNT_EVERY_SECONDS = 60
_SESSION_KEY = "yui_unread"


def unread(actor: Actor) -> int:
    """Return how many events of own organisations others caused since the reader last looked.

    One query, on the index of events by organisation and time; it stops above ``MOST``. One who never looked
    is told of the last month.
    """
    if actor.user_id is None or not actor.is_member:
        return 0
    first = Value(_first_day(), output_field=DateTimeField())
    mark = ReadMark.objects.filter(user_id=actor.user_id).values("seen_at")
    # One bound, not two: SQLite uses only one of them for the index.
    since = Greatest(Coalesce(Subquery(mark), first), first)
    news = events_for(actor, own_only=True).filter(at__gt=since).exclude(actor_name=actor.name)
    return news.order_by()[: MOST + 1].count()


def unread_now_and_then(actor: Actor, session: SessionBase) -> int:
    """Return the count as the session carries it, counted anew once a minute.

    The session is read and, once a minute, written anyway, so that a page costs no further query.
    """
    counted_at, count = session.get(_SESSION_KEY, (0, 0))
    if not 0 <= time.time() - counted_at < COUNT_EVERY_SECONDS:
        count = unread(actor) + waiting_notices(actor)
        session[_SESSION_KEY] = (time.time(), count)
    return count


def waiting_notices(actor: Actor) -> int:
    """Return how many notices to the reader wait; one query, on an index of unread ones alone."""
    return unread_notices(actor.user_id, most=MOST + 1) if actor.is_member else 0


def count_anew(session: SessionBase) -> None:
    """Let the next page count again."""
    session.pop(_SESSION_KEY, None)


def look(actor: Actor, session: SessionBase, moment: datetime) -> datetime:
    """Note that the reader looks at the news at ``moment``; return up to when he or she had looked before."""
    before = _first_day()
    if actor.user_id is not None:
        before = max(read_up_to(actor.user_id) or before, before)
        mark_read(actor.user_id, moment)
        session[_SESSION_KEY] = (time.time(), waiting_notices(actor))
    return before


def _first_day() -> datetime:
    return timezone.now() - LOOK_BACK
