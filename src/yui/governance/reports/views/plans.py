"""報告の型: the list, one plan with its indicators, and reports made by hand."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from yui.governance.reports.forms import PeriodForm, PlanForm
from yui.governance.reports.models import ReportKind, ReportPlan
from yui.governance.reports.operations import make_report, save_plan
from yui.governance.reports.policies import organisations_planned_by
from yui.governance.reports.queries.periods import read_period
from yui.governance.reports.queries.reports import items_of, plans_for, reports_for
from yui.governance.reports.views.access import require_edit, visible_plan
from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of, attempt

MOST_REPORTS = 24


class PlanTable(Table):
    """The list of plans."""

    code = "reports.plans"
    title = _("報告の型")
    columns = (
        Column("title", _("名称"), "title", sort="title"),
        Column("organisation", _("団体"), "organisation.name", sort="organisation__sort_order"),
        Column("kind", _("種類"), "get_kind_display", sort="kind"),
        Column("day", _("つくる日"), "day_of_month", Kind.NUMBER, sort="day_of_month"),
        Column("active", _("自動でつくる"), "is_active", Kind.BOOL, sort="is_active"),
    )
    filters = (Filter("kind", _("種類"), "kind", ReportKind.choices),)
    default_sort = "organisation"
    empty_title = _("報告の型がまだありません")
    empty_text = _("どの団体の、どの指標を報告するかを決めます。")


@login_required
@require_safe
def plans(request: HttpRequest) -> HttpResponseBase:
    """Show the plans that the reader may see."""
    actor = actor_of(request)
    context = {"may_plan": bool(organisations_planned_by(actor))}
    return PlanTable(request, plans_for(actor)).response("reports/plans.html", context)


@login_required
def new_plan(request: HttpRequest) -> HttpResponse:
    """Make a plan for an organisation for which the reader edits."""
    actor = actor_of(request)
    choices = organisations_planned_by(actor)
    if not choices:
        raise PermissionRefused(actor, Verb.EDIT)
    asked = request.POST.get("organisation") or request.GET.get("organisation", "")
    organisation = next((each for each in choices if each.code == asked), choices[0])
    form = PlanForm(request.POST or None)
    if request.method == "POST":
        done, made = attempt(form, lambda: save_plan(actor, organisation=organisation, facts=form.facts()))
        if done and made is not None:
            messages.success(request, gettext("報告の型を保存しました。"))
            return redirect(made)
    return _page(request, form, organisation, None, {"choices": choices})


@login_required
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a plan; who edits for its organisation changes it and makes reports."""
    found, actor = visible_plan(request, pk), actor_of(request)
    items = items_of(actor, found)
    form = PlanForm(request.POST or None, instance=found, items=items)
    if request.method == "POST":
        require_edit(request, found.organisation)
        done, _plan = attempt(
            form, lambda: save_plan(actor, organisation=found.organisation, facts=form.facts(), plan=found)
        )
        if done:
            messages.success(request, gettext("報告の型を保存しました。"))
            return redirect(found)
    context = {
        "may_edit": allows(actor, Verb.EDIT, found.organisation),
        "period_form": PeriodForm(kind=found.kind),
        "reports": list(reports_for(actor).filter(plan=found)[:MOST_REPORTS]),
    }
    return _page(request, form, found.organisation, found, context)


@login_required
@require_POST
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the report of a period by hand."""
    found = visible_plan(request, pk)
    require_edit(request, found.organisation)
    form = PeriodForm(request.POST, kind=found.kind)
    done, made = attempt(
        form,
        lambda: make_report(
            actor_of(request), plan=found, period=read_period(found.kind, form.cleaned_data["period"])
        ),
    )
    if not done or made is None:
        messages.error(request, gettext("期間を選んでください。"))
        return redirect(found)
    messages.success(request, gettext("報告書をつくりました。読んで、書き添えてから確定してください。"))
    return redirect(made.report)


def _page(
    request: HttpRequest,
    form: PlanForm,
    organisation: Organisation,
    found: ReportPlan | None,
    context: dict[str, Any],
) -> HttpResponse:
    context |= {"form": form, "organisation": organisation, "plan": found}
    return render(request, "reports/plan.html", context, status=422 if form.errors else 200)
