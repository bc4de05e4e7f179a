"""The list of total expenditure."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import FiscalYear
from yui.kernel.policy import Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.models import ExpenditureKind, FiscalIndicator, TotalExpenditure


class ExpenditureTable(Table):
    """Totals by organisation and fiscal year."""

    code = "costs.expenditure"
    title = _("歳出総額")
    columns = (
        Column("organisation", _("団体"), "organisation.name", sort="organisation__sort_order"),
        Column("code", _("団体コード"), "organisation.code", sort="organisation__code"),
        Column("year", _("年度"), lambda total: FiscalYear(total.fiscal_year).label, sort="fiscal_year"),
        Column("kind", _("区分"), "get_kind_display", sort="kind"),
        Column("amount", _("歳出総額(円)"), "amount_yen", Kind.YEN, sort="amount_yen"),
        Column("source", _("出典"), "source", sort="source"),
    )
    search = ("source",)
    filters = (
        Filter(
            "organisation",
            _("団体"),
            "organisation__code",
            lambda: [(each.code, each.name) for each in Organisation.objects.active()],
        ),
        Filter("kind", _("区分"), "kind", ExpenditureKind.choices),
    )
    default_sort = "-year"
    empty_title = _("歳出総額がまだありません")
    empty_text = _("年度・団体コード・歳出総額の表か e-Stat の表を取り込むと、対歳出比率が出ます。")


@login_required
@require_safe
def expenditure(request: HttpRequest) -> HttpResponseBase:
    """Show the totals, and the published indicators below them."""
    actor = actor_of(request)
    totals = TotalExpenditure.objects.visible_to(actor).select_related("organisation")
    indicators = FiscalIndicator.objects.visible_to(actor).select_related("organisation")
    own = indicators.filter(organisation__in=actor.organisation_ids) if actor.organisation_ids else indicators
    context = {
        "indicators": own[:50],
        "may_import": bool(organisations_with(actor, Verb.IMPORT)),
    }
    return ExpenditureTable(request, totals).response("costs/expenditure.html", context)
