"""一覧: the incidents that the reader may see."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import now
from yui.kernel.policy import Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind, choice_of
from yui.kernel.tables.filters import BooleanFilter, DateRangeFilter, Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.security.soc.models import ENDED_STATES, IncidentCategory, IncidentState, Severity
from yui.security.soc.queries.incidents.clock import TARGET
from yui.security.soc.queries.incidents.incidents import LARGE_LEAK
from yui.security.soc.queries.incidents.listing import incidents_with_times
from yui.security.soc.views.incidents.wards import wards_of

HOUR = timedelta(hours=1)


def open_or_not(incidents: QuerySet, values: list[str]) -> QuerySet:
    """Keep the incidents that run, or those that have ended."""
    if values[0] == "1":
        return incidents.exclude(state__in=ENDED_STATES)
    return incidents.filter(state__in=ENDED_STATES)


def serious_or_not(incidents: QuerySet, values: list[str]) -> QuerySet:
    """Keep the incidents that count as serious in the KGI, or the others."""
    serious = Q(severity__gte=Severity.HIGH) | Q(leaked_people__gte=LARGE_LEAK) | Q(core_system_stopped=True)
    return incidents.filter(serious) if values[0] == "1" else incidents.exclude(serious)


def hours_taken(incident: Any) -> float | None:
    """Return the hours from detection to containment, or so far where it runs."""
    if incident.detected_at is None:
        return None
    if incident.contained_at is None and incident.state in ENDED_STATES:
        return None
    return round(((incident.contained_at or now()) - incident.detected_at) / HOUR, 1)


def target_state(incident: Any) -> tuple[str, Any] | None:
    """Return how the incident stands against the 24 hours of the KPI."""
    if incident.detected_at is None or (incident.contained_at is None and incident.state in ENDED_STATES):
        return None
    is_late = (incident.contained_at or now()) - incident.detected_at > TARGET
    if incident.contained_at is not None:
        return ("late", _("超過")) if is_late else ("achieved", _("時間内"))
    return ("late", _("超過中")) if is_late else ("attention", _("対応中"))


def short(at: datetime | None) -> str | None:
    """Return a moment in few characters: the list has two of them beside each other."""
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else None


def ward_choices() -> list[tuple[str, str]]:
    """Return the wards as choices."""
    return [(ward.code, ward.name) for ward in Organisation.objects.active()]


def severity_choices() -> list[tuple[str, str]]:
    """Return the levels of severity as choices."""
    return [(str(level.value), str(level.label)) for level in Severity]


class IncidentTable(Table):
    """The list of incidents."""

    code = "soc.incidents"
    title = _("インシデント")
    search = ("number", "title")
    search_hint = _("番号、件名")
    columns = (
        Column("number", _("番号"), "number", sort="number", nowrap=True),
        Column("title", _("件名"), "title", sort="title"),
        Column("ward", _("区"), "organisation.name", sort="organisation__sort_order", nowrap=True),
        Column("category", _("種類"), choice_of("category"), Kind.BADGE, sort="category", default=False),
        Column("severity", _("深刻度"), "get_severity_display", sort="severity"),
        Column("state", _("状態"), choice_of("state"), Kind.BADGE, sort="state"),
        Column("detected", _("検知"), lambda each: short(each.detected_at), sort="detected_at", nowrap=True),
        Column("hours", _("経過(時間)"), hours_taken, Kind.NUMBER),
        Column("target", _("24時間"), target_state, Kind.STATUS),
        Column(
            "due", _("次の報告期限"), lambda each: short(each.next_due_at), sort="next_due_at", nowrap=True
        ),
        Column("commander", _("指揮"), "commander.name", default=False),
        Column("exercise", _("演習・訓練"), "is_exercise", Kind.BOOL, sort="is_exercise", default=False),
    )
    filters = (
        BooleanFilter("open", _("継続中"), narrow=open_or_not),
        Filter("severity", _("深刻度"), "severity", severity_choices),
        Filter("ward", _("区"), "organisation__code", ward_choices),
        Filter("state", _("状態"), "state", IncidentState.choices),
        Filter("category", _("種類"), "category", IncidentCategory.choices),
        BooleanFilter("serious", _("重大"), narrow=serious_or_not),
        DateRangeFilter("detected", _("検知した日"), "detected_at__date"),
    )
    default_sort = "-detected"
    empty_title = _("インシデントがまだありません")
    empty_text = _("検知から開くか、区からの報告で開くと、ここに並びます。")


@login_required
@require_safe
def incidents(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    actor = actor_of(request)
    may_open = bool(wards_of(actor, Verb.EDIT))
    return IncidentTable(request, incidents_with_times(actor)).response(
        "soc/incidents/list.html", {"may_open": may_open}
    )
