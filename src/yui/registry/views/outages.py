"""障害: the outages that the reader may see."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.kernel.tables.columns import Column, Kind, choice_of
from yui.kernel.tables.filters import BooleanFilter, DateRangeFilter, Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.registry.models import Outage, OutageSeverity
from yui.registry.policies import may_edit_somewhere
from yui.registry.views.part_lists import OF_ORGANISATION, OF_SYSTEM, SEARCH, SEARCH_HINT


def minutes_lost(outage: Outage) -> int | None:
    """Return how many whole minutes an ended outage lasted."""
    return int((outage.ended_at - outage.started_at).total_seconds() // 60) if outage.ended_at else None


def open_or_not(outages: QuerySet, values: list[str]) -> QuerySet:
    """Keep the outages that last, or those that have ended."""
    return outages.filter(ended_at__isnull=values[0] == "1")


class OutageTable(Table):
    """The list of outages."""

    code = "registry.outages"
    title = _("障害")
    search = SEARCH
    search_hint = SEARCH_HINT
    columns = (
        *OF_SYSTEM,
        Column("severity", _("程度"), choice_of("severity"), Kind.BADGE, sort="severity"),
        Column("started_at", _("発生日時"), "started_at", Kind.DATETIME, sort="started_at"),
        Column("ended_at", _("復旧日時"), lambda outage: outage.ended_at, Kind.DATETIME, sort="ended_at"),
        Column("minutes", _("時間(分)"), minutes_lost, Kind.NUMBER),
        Column("planned", _("計画した停止"), "is_planned", Kind.BOOL, sort="is_planned", default=False),
        Column(
            "state",
            _("状態"),
            lambda outage: translated("復旧済") if outage.ended_at else translated("継続中"),
        ),
    )
    filters = (
        OF_ORGANISATION,
        Filter("severity", _("程度"), "severity", OutageSeverity.choices),
        BooleanFilter("open", _("継続中"), narrow=open_or_not),
        DateRangeFilter("started", _("発生日"), "started_at__date"),
    )
    default_sort = "-started_at"
    empty_title = _("障害の記録がまだありません")
    empty_text = _("システムが止まったときに、ここに記録します。稼働率はこの記録から計算します。")


@login_required
@require_safe
def outages(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    actor = actor_of(request)
    records = Outage.objects.visible_to(actor).select_related("system__organisation")
    may_add = may_edit_somewhere(actor)
    return OutageTable(request, records).response("registry/outages.html", {"may_add": may_add})
