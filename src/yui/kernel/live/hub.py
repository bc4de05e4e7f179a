"""The listeners of one process, and the one look at the database that serves them all."""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from django.db import DatabaseError, close_old_connections, connection

from yui.kernel.live.changes import (
    Change,
    Changes,
    as_message,
    changes_since,
    start_here,
    visible_among,
)
from yui.kernel.live.cursor import Cursor
from yui.kernel.policy import Actor

logger = logging.getLogger("yui.live")
T = TypeVar("T")
Authenticate = Callable[[str], Actor | None]
"""Session key → the person's actor with the rights of this moment; None when the session is over."""

WAITING_MESSAGES = 16


class HubFull(Exception):
    """The process holds as many listeners as it may."""


@dataclass(eq=False)
class Listener:
    """One open page. ``None`` in its queue ends it."""

    session_key: str
    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(WAITING_MESSAGES))
    is_dropped: bool = False


class Hub:
    """Looks at the database once for all listeners, re-checks their sessions, tells each what it may see."""

    def __init__(
        self,
        authenticate: Authenticate,
        *,
        limit: int = 1000,
        poll_seconds: float = 1.0,
        recheck_seconds: float = 15.0,
    ) -> None:
        self._authenticate = authenticate
        self._limit = limit
        self._poll_seconds = poll_seconds
        self._recheck_seconds = recheck_seconds
        self._listeners: set[Listener] = set()
        # One thread, so one database connection, however many pages listen.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live-database")
        self._poller: asyncio.Task[None] | None = None
        self._cursor: Cursor | None = None
        self._rechecked_at = 0.0

    @property
    def size(self) -> int:
        """How many pages listen."""
        return len(self._listeners)

    async def in_database(self, work: Callable[[], T]) -> T:
        """Run a function that asks the database, in the thread that may."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, _with_fresh_connection, work)

    async def admit(self, session_key: str, last_event_id: str) -> Listener | None:
        """Return a new listener that has been told what it missed; None for whoever is not signed in.

        Raises:
            HubFull: when there is no room.
        """
        if self.size >= self._limit:
            raise HubFull
        listener = Listener(session_key)
        # Joined before it catches up, so that nothing falls between; told twice does no harm.
        self._listeners.add(listener)
        try:
            missed = await self.in_database(lambda: self._missed(session_key, last_event_id))
        except BaseException:
            self._listeners.discard(listener)
            raise
        if missed is None:
            self._listeners.discard(listener)
            return None
        self._offer(listener, as_message(missed))
        if self._poller is None or self._poller.done():
            self._poller = asyncio.create_task(self._poll_forever())
        return listener

    def dismiss(self, listener: Listener) -> None:
        """Forget a listener whose page went away."""
        self._listeners.discard(listener)

    async def close(self) -> None:
        """End every listener and the poller."""
        for listener in list(self._listeners):
            self._drop(listener)
        if self._poller is not None:
            self._poller.cancel()
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _missed(self, session_key: str, last_event_id: str) -> Changes | None:
        actor = self._authenticate(session_key)
        if actor is None or not actor.is_member:
            return None
        if self._cursor is None:
            self._cursor = start_here()
        cursor = Cursor.parse(last_event_id)
        return changes_since(cursor, actor) if cursor else Changes((), start_here())

    async def _poll_forever(self) -> None:
        while self._listeners:
            await asyncio.sleep(self._poll_seconds)
            listeners = list(self._listeners)
            try:
                keys = {listener.session_key for listener in listeners}
                answers = await self.in_database(partial(self._look, keys))
            except DatabaseError:
                logger.warning("the database did not answer; pages are told later", exc_info=True)
                continue
            for listener in listeners:
                if listener.session_key in answers:
                    message = answers[listener.session_key]
                    if message is None:
                        self._drop(listener)
                    elif message:
                        self._offer(listener, message)
        # The next listener starts from its own time; what nobody listened to need not be read.
        self._cursor = None

    def _look(self, session_keys: set[str]) -> dict[str, bytes | None]:
        """Return for each session its message: None to end it, empty for nothing to tell."""
        before = self._cursor or start_here()
        fresh = changes_since(before, Actor.system("live"))
        is_time = time.monotonic() - self._rechecked_at >= self._recheck_seconds
        if not fresh.changes and not fresh.is_cut and not is_time:
            self._cursor = fresh.cursor
            return {}
        self._rechecked_at = time.monotonic()
        actors = {key: self._authenticate(key) for key in session_keys}
        numbers = [change.number for change in fresh.changes]
        seen_by: dict[tuple[object, ...], tuple[Change, ...]] = {}
        answers: dict[str, bytes | None] = {}
        for key, actor in actors.items():
            if actor is None or not actor.is_member:
                answers[key] = None
                continue
            # What may be seen depends on the roles alone, so colleagues share one query.
            if actor.memberships not in seen_by:
                seen_by[actor.memberships] = visible_among(numbers, actor) if numbers else ()
            seen = seen_by[actor.memberships]
            tells = bool(seen) or fresh.is_cut
            answers[key] = as_message(Changes(seen, fresh.cursor, fresh.is_cut)) if tells else b""
        self._cursor = fresh.cursor
        return answers

    def _offer(self, listener: Listener, message: bytes) -> None:
        """Queue a message; a page that does not read is dropped and will come back by itself."""
        try:
            listener.queue.put_nowait(message)
        except asyncio.QueueFull:
            self._drop(listener)

    def _drop(self, listener: Listener) -> None:
        self._listeners.discard(listener)
        listener.is_dropped = True
        while not listener.queue.empty():
            listener.queue.get_nowait()
        listener.queue.put_nowait(None)


def _with_fresh_connection(work: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return work()
    except DatabaseError:
        connection.close()
        raise
