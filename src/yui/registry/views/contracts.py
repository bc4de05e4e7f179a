"""契約: the contracts that the reader may see."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import today
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.registry.models import Contract, ContractKind
from yui.registry.policies import may_edit_somewhere
from yui.registry.queries.contracts import contracts_expiring_within, contracts_for
from yui.registry.views.systems import organisation_choices


def ending_soon(contracts: QuerySet, values: list[str]) -> QuerySet:
    """Keep the contracts that end within the longest of the chosen spans of days."""
    return contracts_expiring_within(contracts, today(), max(int(value) for value in values))  # type: ignore[arg-type]


def system_names(contract: Contract) -> str:
    """Return the names of the contract's systems, the first two of many."""
    names = [system.name for system in contract.systems.all()]
    return "、".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")


class ContractTable(Table):
    """The list of contracts."""

    code = "registry.contracts"
    title = _("契約")
    search = ("title", "number", "vendor__name_key")
    search_hint = _("件名、契約番号、事業者")
    columns = (
        Column("title", _("契約件名"), "title", sort="title"),
        Column("organisation", _("団体"), "organisation.name", sort="organisation__sort_order", nowrap=True),
        Column("number", _("契約番号"), "number", sort="number", nowrap=True),
        Column("vendor", _("事業者"), "vendor.name", sort="vendor__name_key"),
        Column("kind", _("種類"), "get_kind_display", sort="kind"),
        Column("systems", _("対象システム"), system_names, default=False),
        Column("starts_on", _("開始日"), "starts_on", Kind.DATE, sort="starts_on", default=False),
        Column("ends_on", _("終了日"), "ends_on", Kind.DATE, sort="ends_on"),
        Column("annual", _("年額"), "annual_yen", Kind.YEN, sort="annual_yen"),
        Column("total", _("契約金額"), "total_yen", Kind.YEN, sort="total_yen", default=False),
    )
    filters = (
        Filter("organisation", _("団体"), "organisation__code", organisation_choices),
        Filter("kind", _("種類"), "kind", ContractKind.choices),
        Filter(
            "within",
            _("終了まで"),
            choices=(
                ("30", _("30日以内")),
                ("90", _("90日以内")),
                ("180", _("180日以内")),
                ("365", _("1年以内")),
            ),
            narrow=ending_soon,
        ),
    )
    default_sort = "ends_on"
    empty_title = _("契約がまだありません")
    empty_text = _("ここには契約が終了日の順に並びます。1件ずつ登録するか、表を取り込んでください。")


@login_required
@require_safe
def contracts(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    may_add = may_edit_somewhere(actor_of(request))
    table = ContractTable(request, contracts_for(actor_of(request)))
    return table.response("registry/contracts.html", {"may_add": may_add})
