"""How long a session may last, and how many a person may hold.

The session itself carries when it began and when it was last used, so that a page costs no further
query; :class:`SessionRecord` repeats both for the person's list of devices.
"""

import time
from datetime import timedelta
from importlib import import_module
from typing import cast

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from yui.organisations.models import SessionRecord, User

STARTED_AT = "yui_started_at"
SEEN_AT = "yui_seen_at"
RECORD = "yui_session_record"
RECORD_EVERY_SECONDS = 60


def begin(request: HttpRequest, user: User, address: str) -> None:
    """Note a new sign-in and end the person's oldest sessions beyond ``YUI_MAX_SESSIONS``."""
    if not request.session.session_key:
        request.session.save()
    now = time.time()
    request.session[STARTED_AT] = request.session[SEEN_AT] = now
    record, _ = SessionRecord.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "started_at": timezone.now(),
            "last_seen_at": timezone.now(),
            "ip_address": address or None,
            "user_agent": request.META.get("HTTP_USER_AGENT", "")[:300],
        },
    )
    request.session[RECORD] = record.pk
    surplus = user.session_records.order_by("-started_at", "-pk")[settings.YUI_MAX_SESSIONS :]
    end_sessions([record.session_key for record in surplus])


def is_over(session: SessionBase, now: float) -> bool:
    """Tell whether a session was idle too long, or has reached its whole length (seconds, as of ``now``)."""
    started, seen = session.get(STARTED_AT, now), session.get(SEEN_AT, now)
    return now - seen > settings.SESSION_IDLE_SECONDS or now - started > settings.SESSION_COOKIE_AGE


def touch(session: SessionBase, now: float) -> None:
    """Note that the person is at work; written at most once a minute."""
    if STARTED_AT not in session:
        session[STARTED_AT] = now
    if now - session.get(SEEN_AT, 0) >= RECORD_EVERY_SECONDS:
        session[SEEN_AT] = now
        SessionRecord.objects.filter(pk=session.get(RECORD, 0)).update(last_seen_at=timezone.now())


def end_sessions(session_keys: list[str]) -> int:
    """Sign these sessions out at once, wherever they are; return how many records there were."""
    if not session_keys:
        return 0
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in session_keys:
        cast(SessionBase, store(key)).delete()
    ended, _ = SessionRecord.objects.filter(session_key__in=session_keys).delete()
    return ended


def end_all_sessions(user: User, *, but: str | None = None) -> int:
    """Sign a person out everywhere, except in the session ``but``; return how many sessions ended."""
    others = user.session_records.exclude(session_key=but)
    return end_sessions(list(others.values_list("session_key", flat=True)))


def forget(session: SessionBase) -> None:
    """Drop the record of a session that is being signed out."""
    SessionRecord.objects.filter(pk=session.get(RECORD, 0)).delete()


def follow_new_key(session: SessionBase) -> None:
    """Note the key that the session got when Django changed it (as it does with a new password)."""
    SessionRecord.objects.filter(pk=session.get(RECORD, 0)).update(session_key=session.session_key)


def live_records(user: User) -> list[SessionRecord]:
    """Return the person's sessions that still hold, newest first; drop the records of ended ones."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    now = timezone.now()
    idle = now - timedelta(seconds=settings.SESSION_IDLE_SECONDS + RECORD_EVERY_SECONDS)
    whole = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    held: list[SessionRecord] = []
    gone: list[SessionRecord] = []
    for record in user.session_records.all():
        is_live = record.last_seen_at > idle and record.started_at > whole
        (held if is_live and store().exists(record.session_key) else gone).append(record)
    end_sessions([record.session_key for record in gone])
    return held
