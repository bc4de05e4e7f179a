"""One version of a rule: how it divides, a preview that adds up, and the steps from draft to end."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yui.kernel.calendar_jp import today
from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import Actor, PermissionRefused, Verb, allows
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.allocation_forms import StepForm, VersionForm
from yui.transition.costs.engine.allocation_rules import BasisMissing, Lacking
from yui.transition.costs.models import AllocationRule, AllocationRuleVersion, AllocationState
from yui.transition.costs.operations.approve_allocation_version import approve_allocation_version
from yui.transition.costs.operations.reject_allocation_version import reject_allocation_version
from yui.transition.costs.operations.retire_allocation_version import retire_allocation_version
from yui.transition.costs.operations.save_allocation_version import save_allocation_version
from yui.transition.costs.operations.submit_allocation_version import submit_allocation_version
from yui.transition.costs.operations.withdraw_allocation_version import withdraw_allocation_version
from yui.transition.costs.policies import steps_for
from yui.transition.costs.queries.allocation_preview import preview_of
from yui.transition.costs.queries.allocations import versions_visible_to
from yui.transition.costs.views.months import month_asked


@login_required
@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version. Its owner sees what it divides among all; a receiver the ratios and his own share."""
    actor = actor_of(request)
    found: AllocationRuleVersion = get_object_or_404(versions_visible_to(actor), pk=pk)
    is_owner = actor.is_system or found.organisation_id in actor.organisation_ids
    preview = preview_of(found, month_asked(request))
    rows = [
        (row, row.amounts if is_owner or row.organisation.pk in actor.organisation_ids else None)
        for row in preview.rows
    ]
    context = {
        "version": found,
        "preview": preview,
        "rows": rows,
        "is_owner": is_owner,
        "problem": problem_text(preview.problem) if preview.problem else "",
        "steps": steps_for(actor, found),
        "form": StepForm(),
        "is_plan": found.state in {AllocationState.DRAFT, AllocationState.SUBMITTED},
        "entries": history_of(urn("costs.allocation_version", pk), organisation=found.organisation.code)
        if is_owner
        else [],
    }
    return render(request, "costs/allocation_version.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a version of a rule, starting from its newest one."""
    actor = actor_of(request)
    rules = AllocationRule.objects.visible_to(actor).select_related("organisation")
    rule: AllocationRule = get_object_or_404(rules, pk=pk)
    _demand_edit(actor, rule.organisation)
    newest = versions_visible_to(actor).filter(rule=rule).first()
    initial = VersionForm.initial_of(newest) if newest else {}
    initial |= {"valid_from": f"{today():%Y-%m}", "valid_to": "", "reason": ""}
    return _edited(request, rule, None, VersionForm(request.POST or None, initial=initial))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    actor = actor_of(request)
    found: AllocationRuleVersion = get_object_or_404(versions_visible_to(actor), pk=pk)
    _demand_edit(actor, found.organisation)
    form = VersionForm(request.POST or None, initial=VersionForm.initial_of(found))
    return _edited(request, found.rule, found, form)


@login_required
@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take a step; one that is refused says why and changes nothing."""
    actor = actor_of(request)
    found: AllocationRuleVersion = get_object_or_404(versions_visible_to(actor), pk=pk)
    form = StepForm(request.POST)
    if not form.is_valid():
        for texts in form.errors.values():
            messages.error(request, " ".join(map(str, texts)))
        return redirect(found)
    because, last_month = form.cleaned_data["because"], form.cleaned_data["last_month"]
    steps: dict[str, Callable[[], AllocationRuleVersion]] = {
        "submit": lambda: submit_allocation_version(actor, version=found),
        "withdraw": lambda: withdraw_allocation_version(actor, version=found),
        "approve": lambda: approve_allocation_version(actor, version=found),
        "reject": lambda: reject_allocation_version(actor, version=found, because=because),
        "retire": lambda: retire_allocation_version(
            actor, version=found, last_month=last_month, because=because
        ),
    }
    if name not in steps:
        raise BadRequest(_("この操作はありません。画面を開き直してください。"))
    try:
        steps[name]()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("記録しました。"))
    return redirect(found)


def problem_text(problem: BasisMissing) -> str:
    """Say what is missing, for whom, and what to do."""
    names = {each.code: each.name for each in Organisation.objects.filter(code__in=problem.receivers)}
    whom = "、".join(names.get(code, code) for code in problem.receivers)
    if problem.lacking is Lacking.RESIDENTS:
        return _("人口がない団体があります({whom})。人口を取り込むと計算します。").format(whom=whom)
    if problem.lacking is Lacking.QUANTITIES and whom:
        return _("使用量がない団体があります({whom})。使わなかった団体には0を入れてください。").format(
            whom=whom
        )
    if problem.lacking is Lacking.QUANTITIES:
        return _("使用量がすべて0です。使用量を確かめてください。")
    if problem.lacking is Lacking.WEIGHTS:
        return _("比率がすべて0です。下書きを直してください。")
    return _("受ける団体か割合が足りません。下書きを直してください。")


def _demand_edit(actor: Actor, organisation: Organisation) -> None:
    if not allows(actor, Verb.EDIT, organisation):
        raise PermissionRefused(actor, Verb.EDIT)


def _edited(
    request: HttpRequest, rule: AllocationRule, draft: AllocationRuleVersion | None, form: VersionForm
) -> HttpResponse:
    """Save what was entered and lead to the version, or show the form with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_allocation_version(actor_of(request), rule=rule, fields=form.facts(), version=draft)
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, _("下書きを保存しました。試算を確かめてください。"))
            return redirect(saved)
    context = {"form": form, "rule": rule, "version": draft}
    status = 422 if request.method == "POST" else 200
    return render(request, "costs/allocation_version_form.html", context, status=status)
