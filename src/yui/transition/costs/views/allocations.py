"""配賦: the list of rules, the list of shares, one share with the lines behind it, and shares as FOCUS."""

from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.kernel.exchange.operations import record_export
from yui.kernel.money import whole_yen
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.engine.rows import grouped_text
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.formats.focus_allocated import focus_csv
from yui.transition.costs.models import AllocatedCost, AllocationRule
from yui.transition.costs.queries.allocated_focus import focus_rows
from yui.transition.costs.queries.allocations import allocated_to, lines_behind, source_of
from yui.transition.costs.queries.rates import Rates, YenSum
from yui.transition.costs.views.lines import LINES_SHOWN, LinesPager
from yui.transition.costs.views.months import month_asked


class RuleTable(Table):
    """Allocation rules."""

    code = "costs.allocation_rules"
    title = _("配賦ルール")
    columns = (
        Column("name", _("名称"), "name", sort="name"),
        Column("organisation", _("分ける団体"), "organisation.name", sort="organisation__sort_order"),
        Column(
            "covered",
            _("対象"),
            lambda rule: (
                "、".join(f"{title}: {value}" for title, value in rule.covered) or str(_("すべての費用"))
            ),
        ),
        Column("updated", _("更新日時"), "updated_at", Kind.DATETIME, sort="updated_at"),
    )
    search = ("name", "account", "provider", "system_code")
    default_sort = "name"
    empty_title = _("配賦ルールがまだありません")
    empty_text = _("共同で使う費用の分け方を決めて承認すると、各区の負担がここから計算されます。")


class ShareTable(Table):
    """What receivers bear of shared costs."""

    code = "costs.allocated"
    title = _("配賦された費用")
    columns = (
        Column("month", _("月"), "month", sort="month"),
        Column("organisation", _("受ける団体"), "organisation.name", sort="organisation__sort_order"),
        Column("owner", _("分ける団体"), "owner.name", sort="owner__sort_order"),
        Column("rule", _("配賦ルールの版"), lambda share: str(share.version)),
        Column("system", _("システム"), "system_code", sort="system_code"),
        Column("category", _("経費区分"), "get_cost_category_display", sort="cost_category"),
        Column("billed", _("請求額"), "billed_text", align="end", nowrap=True),
        Column("ratio", _("割合"), "percent_text", align="end", nowrap=True),
    )
    search = ("system_code", "version__rule__name")
    filters = (
        Filter(
            "organisation",
            _("受ける団体"),
            "organisation__code",
            lambda: [(each.code, each.name) for each in Organisation.objects.active()],
        ),
        Filter("category", _("経費区分"), "cost_category", CostCategory.choices),
    )
    default_sort = "-month"
    empty_title = _("配賦された費用はまだありません")
    empty_text = _("承認した配賦ルールと共同の請求があると、受ける団体ごとの金額がここに出ます。")


@login_required
@require_safe
def rules(request: HttpRequest) -> HttpResponseBase:
    """List the rules: one's own, and those from which one receives."""
    actor = actor_of(request)
    found = AllocationRule.objects.visible_to(actor).select_related("organisation")
    context = {"may_edit": bool(organisations_with(actor, Verb.EDIT))}
    return RuleTable(request, found).response("costs/allocation_rules.html", context)


@login_required
@require_safe
def shares(request: HttpRequest) -> HttpResponseBase:
    """List the shares."""
    return ShareTable(request, allocated_to(actor_of(request))).response("costs/allocated_costs.html", {})


@login_required
@require_safe
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one share: by which version, of which sum, and the bill lines behind it."""
    actor = actor_of(request)
    found: AllocatedCost = get_object_or_404(allocated_to(actor), pk=pk)
    evidence = lines_behind(found)
    total = YenSum()
    Rates.load([found.month]).add(total, Decimal(found.billed), found.currency, found.month)
    source = source_of(found)
    context = {
        "share": found,
        "source": f"{grouped_text(source.billed)} {source.currency}" if source else "",
        "yen": None if total.yen is None else whole_yen(total.yen),
        "columns": evidence.columns,
        "page": Paginator(LinesPager(evidence, request), LINES_SHOWN).get_page(request.GET.get("page")),
    }
    return render(request, "costs/allocated_cost.html", context)


@login_required
@require_safe
def shares_as_focus(request: HttpRequest) -> HttpResponse:
    """Send the shares of a month (all months without ``month``) as FOCUS 1.4 Cost and Usage in CSV."""
    actor = actor_of(request)
    allowed = organisations_with(actor, Verb.EXPORT)
    if not allowed:
        raise PermissionRefused(actor, Verb.EXPORT)
    month = month_asked(request)
    rows = list(focus_rows(actor, month=month, organisation=request.GET.get("organisation", "")))
    conditions = dict(request.GET.items())
    record_export(actor, allowed[0], "costs.allocated", len(rows), file_format="csv", conditions=conditions)
    response = HttpResponse(focus_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="allocated-focus-1.4{month and "-" + month}.csv"'
    return response
