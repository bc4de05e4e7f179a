"""The lines of a budget: the list, entering, correcting and removing one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.budget_form import BudgetLineForm
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.models import BudgetKind, BudgetLine
from yui.transition.costs.operations.remove_budget_line import remove_budget_line
from yui.transition.costs.operations.save_budget_line import save_budget_line


def _years() -> list[tuple[str, str]]:
    """Return the fiscal years of all budgets: which years have one is no secret."""
    years = BudgetLine.objects.unscoped("the years to choose from hold nothing of a ward")
    found = years.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    return [(str(year), str(year)) for year in found]


class BudgetTable(Table):
    """Lines of budgets."""

    code = "costs.budget"
    title = gettext_lazy("予算の行")
    columns = (
        Column("category", gettext_lazy("経費区分"), "get_cost_category_display", sort="cost_category"),
        Column("organisation", gettext_lazy("団体"), "organisation.name", sort="organisation__sort_order"),
        Column("year", gettext_lazy("年度"), "year.label", sort="fiscal_year"),
        Column("kind", gettext_lazy("予算の種類"), "get_kind_display", sort="revision"),
        Column("revision", gettext_lazy("補正の回"), "revision", Kind.NUMBER, sort="revision"),
        Column("item", gettext_lazy("款項目"), "budget_item", sort="budget_item"),
        Column("detail", gettext_lazy("節細節"), "budget_detail", sort="budget_detail"),
        Column("system", gettext_lazy("システムコード"), "system_code", sort="system_code"),
        Column("amount", gettext_lazy("予算額(円)"), "amount_yen", Kind.YEN, sort="amount_yen"),
        Column("note", gettext_lazy("備考"), "note"),
    )
    search = ("budget_item", "budget_detail", "system_code", "note")
    filters = (
        Filter(
            "organisation",
            gettext_lazy("団体"),
            "organisation__code",
            lambda: [(each.code, each.name) for each in Organisation.objects.active()],
        ),
        Filter("year", gettext_lazy("年度"), "fiscal_year", _years),
        Filter("kind", gettext_lazy("予算の種類"), "kind", BudgetKind.choices),
        Filter("category", gettext_lazy("経費区分"), "cost_category", CostCategory.choices),
    )
    default_sort = "-year"
    empty_title = gettext_lazy("予算がまだありません")
    empty_text = gettext_lazy("予算を入力するか表を取り込むと、実績と並べて見られます。")


@login_required
@require_safe
def budget_lines(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    actor = actor_of(request)
    found = BudgetLine.objects.visible_to(actor).select_related("organisation")
    context = {
        "may_edit": bool(organisations_with(actor, Verb.EDIT)),
        "may_import": bool(organisations_with(actor, Verb.IMPORT)),
    }
    return BudgetTable(request, found).response("costs/budget_lines.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def budget_add(request: HttpRequest) -> HttpResponse:
    """Enter a line."""
    actor = actor_of(request)
    editable = organisations_with(actor, Verb.EDIT)
    if not editable:
        raise PermissionRefused(actor, Verb.EDIT)
    form = BudgetLineForm(editable, request.POST or None)
    if request.method == "POST" and form.is_valid() and _saved(request, form, None):
        return redirect("costs:budget-lines")
    return render(request, "costs/budget_line.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def budget_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a line with its history, and correct it where the reader may."""
    actor, line = actor_of(request), _visible(request, pk)
    may_edit = allows(actor, Verb.EDIT, line.organisation)
    if request.method == "POST" and not may_edit:
        raise PermissionRefused(actor, Verb.EDIT)
    form = BudgetLineForm.of(line, request.POST or None) if may_edit else None
    if request.method == "POST" and form is not None and form.is_valid() and _saved(request, form, line):
        return redirect("costs:budget-lines")
    context: dict[str, Any] = {
        "form": form,
        "line": line,
        "entries": history_of(urn("costs.budget", line.pk)),
    }
    return render(request, "costs/budget_line.html", context)


@login_required
@require_POST
def budget_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a line."""
    actor, line = actor_of(request), _visible(request, pk)
    if not allows(actor, Verb.EDIT, line.organisation):
        raise PermissionRefused(actor, Verb.EDIT)
    remove_budget_line(actor, line=line)
    messages.success(request, _("予算の行を消しました。"))
    return redirect("costs:budget-lines")


def _visible(request: HttpRequest, pk: int) -> BudgetLine:
    lines = BudgetLine.objects.visible_to(actor_of(request)).select_related("organisation")
    found: BudgetLine = get_object_or_404(lines, pk=pk)
    return found


def _saved(request: HttpRequest, form: BudgetLineForm, line: BudgetLine | None) -> bool:
    """Save what the form says; what the records refuse is told in the form."""
    organisation = line.organisation if line else form.cleaned_data["organisation"]
    try:
        save_budget_line(actor_of(request), organisation=organisation, facts=form.facts(), line=line)
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return False
    messages.success(request, _("予算の行を保存しました。"))
    return True
