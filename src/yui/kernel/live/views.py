"""The stream over WSGI: answers at once with what is new and lets the browser come back."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yui.kernel.live.changes import Changes, as_message, changes_since, start_here
from yui.kernel.live.cursor import Cursor

RETRY_MILLISECONDS = 3000


@require_GET
def stream(request: HttpRequest) -> HttpResponse:
    """Tell what changed since ``Last-Event-ID``; ``EventSource`` asks again after three seconds.

    No thread is held between two answers. A visitor gets 204, upon which ``EventSource`` stops asking.
    """
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_member:
        return HttpResponse(status=204)
    cursor = Cursor.parse(request.headers.get("Last-Event-ID", ""))
    changes = changes_since(cursor, actor) if cursor else Changes((), start_here())
    return HttpResponse(
        f"retry: {RETRY_MILLISECONDS}\n".encode() + as_message(changes),
        content_type="text/event-stream; charset=utf-8",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
