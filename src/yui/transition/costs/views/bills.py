"""The list of imported bills."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.kernel.policy import Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.models import BillImport, BillKind


def amounts_in_words(bill: BillImport) -> str:
    """Return the billed amounts of every currency in one text."""
    return "、".join(f"{billed} {currency}" for currency, billed, _effective in bill.amounts)


def state_of(bill: BillImport) -> tuple[str, str]:
    """Return code and name of a bill's state."""
    if not bill.is_standing:
        return "withdrawn", str(_("取り消し"))
    return ("partial", str(_("一部の行を除く"))) if bill.rows_rejected else ("taken", str(_("取り込み済み")))


class BillTable(Table):
    """Imported bills."""

    code = "costs.bills"
    title = _("取り込んだ請求")
    search = ("file_name",)
    search_hint = _("ファイル名")
    columns = (
        Column("file", _("ファイル"), "file_name", sort="file_name"),
        Column("organisation", _("団体"), "organisation.name", sort="organisation__sort_order"),
        Column("kind", _("種類"), "get_kind_display", sort="kind"),
        Column("version", _("FOCUS の版"), "version", sort="version"),
        Column("first", _("最初の月"), "first_month", sort="first_month"),
        Column("last", _("最後の月"), "last_month", sort="last_month"),
        Column("rows", _("行数"), "rows_accepted", Kind.NUMBER, sort="rows_accepted"),
        Column("billed", _("請求額"), amounts_in_words),
        Column("state", _("状態"), state_of, Kind.BADGE),
        Column("at", _("取り込んだ日時"), "created_at", Kind.DATETIME, sort="created_at"),
    )
    filters = (
        Filter(
            "organisation",
            _("団体"),
            "organisation__code",
            lambda: [(each.code, each.name) for each in Organisation.objects.active()],
        ),
        Filter("kind", _("種類"), "kind", BillKind.choices),
    )
    default_sort = "-at"
    empty_title = _("請求がまだありません")
    empty_text = _("クラウドの請求や契約・支出台帳を取り込むと、ここに並びます。")


@login_required
@require_safe
def bills(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    found = BillImport.objects.visible_to(actor_of(request)).select_related("organisation")
    context = {"may_import": bool(organisations_with(actor_of(request), Verb.IMPORT))}
    return BillTable(request, found).response("costs/bills.html", context)
