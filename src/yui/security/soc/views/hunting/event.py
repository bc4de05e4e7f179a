"""One stored event: what it says, in the words of OCSF, and as it came."""

import time
from typing import Any

import orjson
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import TOKYO
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.security.soc.engine.hunting.tree import OWN
from yui.security.soc.engine.ocsf import normalise
from yui.security.soc.event_store.clocks import HOUR, moment
from yui.security.soc.event_store.hunt_sql import is_known
from yui.security.soc.event_store.reading import Span
from yui.security.soc.event_store.rows import StoredEvent
from yui.security.soc.queries.hunting.whole import event_of
from yui.security.soc.queries.hunting.within import reach_of
from yui.security.soc.views.hunting.page import clock, quoted, spelled
from yui.security.soc.views.hunting.question import PRECISION, address_of

LONGEST_RAW = 100_000
LATEST = 2**53
"""As many microseconds as an address may name (the year 2255)."""


@login_required
@require_safe
def event(request: HttpRequest, ward: str, event_id: str) -> HttpResponse:
    """Show an event; one beyond the reader's reach does not exist for him."""
    at = request.GET.get("at", "")
    is_number = at.isascii() and at.isdecimal() and len(at) <= 16 and int(at) < LATEST
    found = None
    if len(event_id) == 32 and all(sign in "0123456789abcdef" for sign in event_id):
        found = event_of(
            reach_of(actor_of(request)),
            ward,
            bytes.fromhex(event_id),
            at=int(at) if is_number else None,
            now=time.time_ns() // 1000,
        )
    if found is None:
        raise Http404(_("そのログはありません。"))
    return render(request, "soc/hunting/event.html", _shown(found))


def _shown(found: StoredEvent) -> dict[str, Any]:
    record = found.record
    ocsf = normalise(record)
    around = Span(found.time - HOUR, found.time + HOUR)
    return {
        "event": found,
        "ward": Organisation.objects.get(code=found.ward),
        "event_id": found.event_id.hex(),
        "time": clock(found.time),
        "received": clock(found.received),
        "told": clock_or_nothing(record.time) if found.clock else "",
        "clock_word": clock_words(found.clock),
        "source": " / ".join(filter(None, record.source)),
        "fields": [_field(name, value, found.ward, around) for name, value in record.fields.items()],
        "ocsf": pretty(ocsf) if ocsf is not None else "",
        "raw": record.raw[:LONGEST_RAW],
        "is_cut": len(record.raw) > LONGEST_RAW,
        "around": _around(around, found.ward, ""),
    }


def _field(name: str, value: Any, ward: str, around: Span) -> tuple[str, str, str]:
    """Return a field, its value, and the hunt for the same value an hour before and after."""
    text = value if isinstance(value, str) else pretty(value)
    if value is None or isinstance(value, list | dict) or not name.isprintable() or "`" in name:
        return name, "" if value is None else text, ""
    asked = f"{spelled(OWN + name if is_known(name) else name)} = {quoted(text)}"
    return name, text, _around(around, ward, asked) if len(asked) < 1_000 else ""


def _around(span: Span, ward: str, asked: str) -> str:
    first, last = (moment_in_tokyo(at) for at in (span.first, span.end))
    return address_of(q=asked, start=first, end=last, ward=ward)


def moment_in_tokyo(at: int) -> str:
    """Return a time in microseconds as the fields of a question have it."""
    return f"{moment(at).astimezone(TOKYO):{PRECISION}}"


def clock_or_nothing(at: int | None) -> str:
    """Return a time that was told, where it can be written as a date at all."""
    if at is None:
        return ""
    try:
        return clock(at)
    except OverflowError:
        return f"{at} µs"


def clock_words(clock_name: str) -> str:
    """Say why an event's own time was not believed."""
    return {
        "none": _("ログに時刻がないので、受け取った時刻で並べています。"),
        "past": _("ログの時刻が受信の400日より前なので、受け取った時刻で並べています。"),
        "future": _("ログの時刻が受信の1日より後なので、受け取った時刻で並べています。"),
    }.get(clock_name, "")


def pretty(value: Any) -> str:
    """Return a value as indented JSON."""
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS, default=str).decode()
    except (TypeError, ValueError):
        return str(value)
