"""気になる増減: what stands out, the undecided first."""

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.kernel.policy import Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.models import AnomalyKind, AnomalyState, CostAnomaly


def percent_of(anomaly: CostAnomaly) -> str:
    """Return the difference in per cent with its sign, empty where nothing was expected."""
    return "" if anomaly.percent is None else f"{anomaly.percent:+d}%"


class AnomalyTable(Table):
    """Anomalies."""

    code = "costs.anomalies"
    title = _("気になる増減")
    search = ("service", "system_code", "provider", "account")
    search_hint = _("サービス、システム、事業者")
    columns = (
        Column("name", _("サービス・件名"), "name", sort="service"),
        Column("organisation", _("団体"), "organisation.name", sort="organisation__sort_order", nowrap=True),
        Column("system", _("システム"), "system_code", sort="system_code"),
        Column("kind", _("種類"), "get_kind_display", sort="kind"),
        Column("period", _("始まり"), "period", sort="period", nowrap=True),
        Column("expected", _("ふだんの額"), lambda each: each.texts["expected"], align="end"),
        Column("actual", _("実際の額"), lambda each: each.texts["actual"], align="end"),
        Column("percent", _("差(%)"), percent_of, align="end"),
        Column("impact", _("差(円)"), "impact_yen", Kind.YEN, sort="impact_yen"),
        Column("score", _("外れ方"), "score", Kind.NUMBER, sort="score", default=False),
        Column(
            "state",
            _("状態"),
            lambda each: (each.state, each.get_state_display()),
            Kind.BADGE,
            sort="state",
        ),
        Column("seen", _("見つけた日時"), "created_at", Kind.DATETIME, sort="created_at", default=False),
    )
    filters = (
        Filter("state", _("状態"), "state", AnomalyState.choices),
        Filter("kind", _("種類"), "kind", AnomalyKind.choices),
        Filter(
            "organisation",
            _("団体"),
            "organisation__code",
            lambda: [(each.code, each.name) for each in Organisation.objects.active()],
        ),
    )
    default_sort = "-period"
    empty_title = _("気になる増減はありません")
    empty_text = _("毎晩、請求をふだんの額と比べます。大きく違うものが見つかると、ここに並びます。")

    @cached_property
    def causes(self) -> list[tuple[CostAnomaly, str]]:
        """The causes shared by most of the open anomalies in sight, with one of them to begin at."""
        open_ones = list(self._queryset.filter(state=AnomalyState.OPEN).order_by("pk"))
        counted = Counter(each.cause for each in open_ones)
        firsts = {each.cause: each for each in reversed(open_ones)}
        return [
            (firsts[cause], gettext("{count}件").format(count=count))
            for cause, count in counted.most_common(5)
            if count > 1
        ]


@login_required
@require_safe
def anomalies(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    actor = actor_of(request)
    found = CostAnomaly.objects.visible_to(actor).select_related("organisation")
    context = {"mine": organisations_with(actor, Verb.EDIT)}
    return AnomalyTable(request, found).response("costs/anomalies.html", context)
