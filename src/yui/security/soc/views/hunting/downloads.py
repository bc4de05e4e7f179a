"""An answer as a file: the table as CSV, or whole events as JSON lines."""

from collections.abc import Iterator
from typing import Any

import orjson
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.exchange.export.delimited import csv_stream
from yui.kernel.exchange.operations import record_export
from yui.kernel.lake.errors import LakeError
from yui.kernel.lake.reach import Reach
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.security.soc.event_store.clocks import moment
from yui.security.soc.queries.hunting.search import MOST_ROWS, Answer, search
from yui.security.soc.queries.hunting.whole import whole_events
from yui.security.soc.queries.hunting.within import reach_of
from yui.security.soc.views.hunting.page import clock
from yui.security.soc.views.hunting.question import Question, question_of

WHAT = "soc.hunting"
CSV, JSON = "csv", "json"


@login_required
@require_safe
def hunting_export(request: HttpRequest, file_format: str) -> HttpResponse | StreamingHttpResponse:
    """Send the answer, at most 10,000 rows, and enter it into the ledger first."""
    actor = actor_of(request)
    asked = question_of(request, actor)
    if file_format not in {CSV, JSON} or asked.hunt is None:
        raise Http404(_("質問がないか、読めません。"))
    organisation = _in_whose_name(actor, asked)
    reach = reach_of(actor)
    try:
        answer = search(reach, asked.hunt, asked.span, wards=asked.codes, most=MOST_ROWS)
    except LakeError as error:
        context = {"asked": asked, "problem": str(error), "spans": [], "examples": []}
        return render(request, "soc/hunting/hunting.html", context, status=422)
    rows = len(answer.counted) or len(answer.hits)
    record_export(actor, organisation, WHAT, rows, file_format=file_format, conditions=_conditions(asked))
    if file_format == CSV:
        body, kind = csv_stream(_headers(answer), _cells(answer)), "text/csv"
    else:
        body, kind = _json_lines(reach, asked, answer), "application/x-ndjson"
    response = StreamingHttpResponse(body, content_type=kind)
    name = "hunting.csv" if file_format == CSV else "hunting.jsonl"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _in_whose_name(actor: Actor, asked: Question) -> Organisation:
    """Return the organisation whose ledger tells of the export: the ward asked, else one of the reader's.

    Raises:
        PermissionRefused: when the reader may export for none.
    """
    allowed = Organisation.objects.active().order_by("sort_order", "code")
    if not actor.is_system:
        allowed = allowed.filter(pk__in=actor.organisation_ids_with(Verb.EXPORT))
    found = allowed.filter(code=asked.ward).first() or allowed.first()
    if found is None:
        raise PermissionRefused(actor, Verb.EXPORT)
    return found


def _conditions(asked: Question) -> dict[str, str]:
    return {"q": asked.text, "from": asked.start, "to": asked.end, "ward": asked.ward}


def _headers(answer: Answer) -> list[str]:
    if answer.counted:
        return [*answer.columns, "count", "first", "last"]
    return ["time", "ward", "event_id", *answer.columns]


def _cells(answer: Answer) -> Iterator[list[Any]]:
    for one in answer.counted:
        yield [*one.values, one.count, clock(one.first), clock(one.last)]
    for hit in answer.hits:
        yield [clock(hit.time), hit.ward, hit.event_id.hex(), *hit.values]


def _json_lines(reach: Reach, asked: Question, answer: Answer) -> Iterator[bytes]:
    """Yield groups, or whole events with all their fields and the raw text, one a line."""
    for one in answer.counted:
        yield _line({**dict(zip(answer.columns, one.values, strict=True)), "count": one.count})
    ids = [hit.event_id for hit in answer.hits]
    for found in whole_events(reach, asked.span, ids) if ids else ():
        yield _line(
            {
                "time": moment(found.time).isoformat(),
                "received": moment(found.received).isoformat(),
                "ward": found.ward,
                "event_id": found.event_id.hex(),
                "source": found.record.source._asdict(),
                "fields": found.record.fields,
                "raw": found.record.raw,
            }
        )


def _line(value: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(value, default=str) + b"\n"
    except TypeError:
        # Whole numbers beyond 64 bits; slow and rare.
        import json

        return json.dumps(value, default=str).encode("utf-8", "replace") + b"\n"
