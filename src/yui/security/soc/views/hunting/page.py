"""ログを調べる: a question, its answer over time, and the events."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import TOKYO
from yui.kernel.charts import StackedColumns, StackSeries
from yui.kernel.lake.errors import LakeError
from yui.kernel.policy import Actor, Verb
from yui.kernel.ui.asking import actor_of
from yui.security.soc.engine.hunting.tree import OWN
from yui.security.soc.event_store.clocks import SECOND, moment
from yui.security.soc.event_store.hunt_sql import is_known
from yui.security.soc.models import HuntSpan, SavedHunt
from yui.security.soc.policies import may_change_hunt
from yui.security.soc.queries.hunting.saved import saved_hunts
from yui.security.soc.queries.hunting.search import ROWS_SHOWN, Answer, Counted, Hit, search
from yui.security.soc.queries.hunting.within import reach_of
from yui.security.soc.views.hunting.question import Question, address_of, question_of, question_of_hunt

FIELDS_SHOWN = 60
SAVED_SHOWN = 8
LONGEST_VALUE = 160
COLUMN_WORDS = {
    "channel": gettext_lazy("ログ"),
    "event_number": gettext_lazy("イベントID"),
    "host": gettext_lazy("端末"),
    "user": gettext_lazy("利用者"),
    "process": gettext_lazy("プロセス"),
    "command_line": gettext_lazy("コマンド"),
    "ward": gettext_lazy("区"),
    "time": gettext_lazy("日時"),
}
EXAMPLES = (
    ("mimikatz", gettext_lazy("どこかに「mimikatz」とあるログ")),
    (
        'EventID = 1 and Image endswith "\\\\powershell.exe" and CommandLine contains "-enc"',
        gettext_lazy("エンコードした PowerShell の起動"),
    ),
    (
        "EventID = 4625 | count by TargetUserName, IpAddress",
        gettext_lazy("ログオンの失敗を、利用者と送信元ごとに数える"),
    ),
    ("dst_ip cidr 203.0.113.0/24 or url contains example.net", gettext_lazy("ある宛先への通信")),
    ("not process exists | columns product, service, raw", gettext_lazy("プロセスのないログと、その原文")),
)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    url: str
    time: str
    ward: str
    values: tuple[tuple[str, str], ...]


@login_required
@require_safe
def hunting(request: HttpRequest) -> HttpResponse:
    """Show the question and, once asked, its answer."""
    actor = actor_of(request)
    asked = question_of(request, actor)
    context: dict[str, Any] = {
        "asked": asked,
        "spans": HuntSpan.choices,
        "problem": asked.problem,
        "examples": [(text, word, urlencode({"q": text})) for text, word in EXAMPLES],
        "most": ROWS_SHOWN,
        **_saved(actor, asked),
    }
    if asked.hunt is not None:
        try:
            answer = search(reach_of(actor), asked.hunt, asked.span, wards=asked.codes)
        except LakeError as error:
            context["problem"] = str(error)
        else:
            context |= _shown(asked, answer)
            context["may_export"] = bool(actor.organisation_ids_with(Verb.EXPORT)) or actor.is_system
    status = 200 if not context["problem"] else 422
    return render(request, "soc/hunting/hunting.html", context, status=status)


def _saved(actor: Actor, asked: Question) -> dict[str, Any]:
    """Return the saved hunts beside the question, and the one from which it began."""
    found = saved_hunts(actor)
    opened = found.filter(pk=asked.saved).first() if asked.saved else None
    return {
        "saved": [
            (hunt, question_of_hunt(hunt)) for hunt in found.order_by("-updated_at", "-pk")[:SAVED_SHOWN]
        ],
        "opened": opened,
        "may_save": bool(actor.organisation_ids_with(Verb.EDIT)),
        "may_replace": opened is not None and _differs(asked, opened) and may_change_hunt(actor, opened),
        "to_save": address_of(q=asked.text, span=asked.span_name),
    }


def _differs(asked: Question, hunt: SavedHunt) -> bool:
    """Tell whether the question is another one than the saved hunt asks; dates are of one day only."""
    return asked.text != hunt.text or asked.span_name not in {"", hunt.span}


def _shown(asked: Question, answer: Answer) -> dict[str, Any]:
    names = {ward.code: ward.name for ward in asked.wards}
    return {
        "answer": answer,
        "chart": chart_of(answer) if answer.total else None,
        "columns": [str(COLUMN_WORDS.get(name, name)) for name in answer.columns],
        "rows": [_row(answer, hit, names) for hit in answer.hits],
        "groups": [_group(asked, one, answer, names) for one in answer.counted],
        "is_count": bool(asked.hunt and asked.hunt.count_by),
        "by_ward": [
            (names.get(code, code), count, asked.address(ward=code)) for code, count in answer.by_ward
        ],
        "fields": [(name, count, _counting(asked, name)) for name, count in answer.by_field[:FIELDS_SHOWN]],
        "more_fields": max(0, len(answer.by_field) - FIELDS_SHOWN),
        "query": asked.address(),
    }


def _row(answer: Answer, hit: Hit, names: dict[str, str]) -> Row:
    address = reverse("soc:event", args=[hit.ward, hit.event_id.hex()])
    values = tuple(
        (str(COLUMN_WORDS.get(name, name)), shortened(value))
        for name, value in zip(answer.columns, hit.values, strict=True)
    )
    return Row(f"{address}?at={hit.time}", clock(hit.time), names.get(hit.ward, hit.ward), values)


def _group(asked: Question, one: Counted, answer: Answer, names: dict[str, str]) -> dict[str, Any]:
    """Return a group of ``count by`` with the question that lists its events."""
    values = []
    tests = []
    for name, value in zip(answer.columns, one.values, strict=True):
        shown = names.get(value or "", value) if name == "ward" else value
        values.append((str(COLUMN_WORDS.get(name, name)), shortened(shown)))
        tests.append(f"not {spelled(name)} exists" if value is None else f"{spelled(name)} = {quoted(value)}")
    condition = asked.text.partition("|")[0].strip()
    narrowed = " and ".join([*([f"({condition})"] if condition else []), *tests])
    return {
        "values": values,
        "count": one.count,
        "first": clock(one.first),
        "last": clock(one.last),
        "query": asked.address(q=narrowed),
    }


def _counting(asked: Question, field: str) -> str:
    """Return the question that counts the events by the values of a field."""
    condition = asked.text.partition("|")[0].strip()
    name = spelled(OWN + field if is_known(field) else field)
    return asked.address(q=f"{condition} | count by {name}".strip())


def spelled(name: str) -> str:
    """Return a field as it is written in a question."""
    is_plain = name.replace(".", "").replace("_", "").isalnum() and name.lower() not in {
        "and",
        "or",
        "not",
        "in",
    }
    return name if is_plain else f"`{name.replace('`', '')}`"


def quoted(value: str) -> str:
    """Return a value as it is written in a question."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def clock(time: int) -> str:
    """Return a time in microseconds as a table shows it, in Japanese time."""
    return f"{moment(time).astimezone(TOKYO):%Y-%m-%d %H:%M:%S}"


def shortened(value: str | None) -> str:
    """Return a value as a table shows it."""
    if value is None:
        return ""
    return value if len(value) <= LONGEST_VALUE else f"{value[:LONGEST_VALUE]}…"


def chart_of(answer: Answer) -> StackedColumns:
    """Return how many events there are over time; stretches without events are shown too."""
    width = answer.width * SECOND
    counts = {bucket.start: bucket.count for bucket in answer.buckets}
    starts = list(range(min(counts), max(counts) + width, width))
    peak = max(answer.buckets, key=lambda bucket: bucket.count)
    finding = _("%(total)s件。いちばん多いのは%(when)sからの%(count)s件です。") % {
        "total": f"{answer.total:,}",
        "when": _moment(peak.start, answer.width),
        "count": f"{peak.count:,}",
    }
    return StackedColumns(
        title=_("時間ごとの件数"),
        unit=_("件"),
        finding=finding,
        columns=tuple(_moment(start, answer.width) for start in starts),
        series=(StackSeries(_("ログ"), tuple(counts.get(start, 0) for start in starts)),),
        column_label=_("日時"),
    )


def _moment(time: int, width: int) -> str:
    local: datetime = moment(time).astimezone(TOKYO)
    if width >= 86_400:
        return f"{local:%m-%d}"
    return f"{local:%m-%d %H:%M}" if width >= 60 else f"{local:%H:%M:%S}"
