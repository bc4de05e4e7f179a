"""報告書: the list."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from yui.governance.reports.models import ReportKind, ReportState
from yui.governance.reports.policies import organisations_planned_by
from yui.governance.reports.queries.reports import reports_for
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of


class ReportTable(Table):
    """The list of reports."""

    code = "reports.reports"
    title = pgettext_lazy("list", "報告書")
    columns = (
        Column("period", _("期間"), "period.label", sort="first_day"),
        Column("kind", _("種類"), "get_kind_display", sort="kind"),
        Column("organisation", _("団体"), "whose", sort="organisation__sort_order"),
        Column(
            "state",
            _("状態"),
            lambda each: (each.state, each.get_state_display()),
            Kind.BADGE,
            sort="state",
        ),
        Column(
            "closed", pgettext_lazy("report", "確定した日時"), "closed_at", Kind.DATETIME, sort="closed_at"
        ),
        Column("published", _("公表した日時"), "published_at", Kind.DATETIME, sort="published_at"),
    )
    filters = (
        Filter(
            "organisation",
            _("団体"),
            "organisation__code",
            lambda: [(each.code, each.name) for each in Organisation.objects.active()],
        ),
        Filter("kind", _("種類"), "kind", ReportKind.choices),
        Filter("state", _("状態"), "state", ReportState.choices),
    )
    default_sort = "-period"
    empty_title = _("報告書がまだありません")
    empty_text = _("「報告の型」で指標を選ぶと、毎月の報告書がここにできます。")


@login_required
@require_safe
def reports(request: HttpRequest) -> HttpResponseBase:
    """Show the reports that the reader may see."""
    actor = actor_of(request)
    context = {"may_plan": bool(organisations_planned_by(actor))}
    return ReportTable(request, reports_for(actor)).response("reports/reports.html", context)
