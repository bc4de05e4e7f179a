"""ASGI application of ``yui live``: the held connections of ``/live/stream``, and ``/healthz``."""

import json
import os
import time
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yui.conf.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user  # noqa: E402
from django.http import HttpRequest  # noqa: E402

from yui.kernel.live.application import LiveApplication, Receive, Scope, Send, answer  # noqa: E402
from yui.kernel.observe.health import WEB_PARTS, examine  # noqa: E402
from yui.kernel.policy import Actor  # noqa: E402
from yui.organisations import session_limits  # noqa: E402
from yui.organisations.actors import actor_of  # noqa: E402


def actor_of_session(session_key: str) -> Actor | None:
    """Return the signed-in person of a session with the roles of this moment; None once it is over.

    Listening is no use of the session: it does not put off the end of an idle one.
    """
    if not session_key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    if not user.is_authenticated or user.must_change_password:
        return None
    if session_limits.is_over(request.session, time.time()):
        return None
    return actor_of(user)


live = LiveApplication(actor_of_session)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer the two addresses of this process."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] != "http":
        return
    elif scope["path"] == "/live/stream":
        await live(scope, receive, send)
    elif scope["path"] == "/healthz":
        parts = await live.hub.in_database(lambda: examine(WEB_PARTS))
        is_well = all(part.is_well for part in parts)
        told = {"status": "ok" if is_well else "failing", "parts": {p.name: {"ok": p.is_well} for p in parts}}
        kind = [(b"content-type", b"application/json")]
        await answer(send, 200 if is_well else 503, json.dumps(told).encode(), extra=kind)
    else:
        await answer(send, 404)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await live.hub.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
