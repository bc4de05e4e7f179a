"""配賦ルール: what is shared, its versions, what it has shared; making and changing a rule."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.allocation_forms import RuleForm
from yui.transition.costs.engine.rows import amounts_as_text, grouped_text
from yui.transition.costs.models import AllocationRule, AllocationState
from yui.transition.costs.operations.save_allocation_rule import save_allocation_rule
from yui.transition.costs.queries.allocations import (
    allocated_to,
    sums_by_currency,
    unallocated,
    versions_visible_to,
)

SHARES_SHOWN = 12


@login_required
@require_safe
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a rule with the versions that the reader may see, and what it shared in the newest months."""
    actor = actor_of(request)
    rules = AllocationRule.objects.visible_to(actor).select_related("organisation")
    found: AllocationRule = get_object_or_404(rules, pk=pk)
    versions = list(versions_visible_to(actor).filter(rule=found))
    is_owner = actor.is_system or found.organisation_id in actor.organisation_ids
    shares = allocated_to(actor).filter(version__rule=found)
    sums = sums_by_currency(shares)
    context = {
        "rule": found,
        "versions": versions,
        "is_owner": is_owner,
        "may_edit": allows(actor, Verb.EDIT, found.organisation),
        "sums": {name: grouped_text(text) for name, text in amounts_as_text(sums).items()},
        "shares": shares[:SHARES_SHOWN],
        "undivided": [(each, unallocated(each)) for each in versions if is_owner and unallocated(each)],
        "open_version": next((each for each in versions if each.state == AllocationState.APPROVED), None),
        "entries": history_of(urn("costs.allocation_rule", pk)) if is_owner else [],
    }
    return render(request, "costs/allocation_rule.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_rule(request: HttpRequest) -> HttpResponse:
    """Make a rule."""
    actor = actor_of(request)
    editable = organisations_with(actor, Verb.EDIT)
    if not editable:
        raise PermissionRefused(actor, Verb.EDIT)
    form = RuleForm(editable, request.POST or None)
    return _saved(request, form, None) or _shown(request, form, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a rule."""
    actor = actor_of(request)
    rules = AllocationRule.objects.visible_to(actor).select_related("organisation")
    found: AllocationRule = get_object_or_404(rules, pk=pk)
    if not allows(actor, Verb.EDIT, found.organisation):
        raise PermissionRefused(actor, Verb.EDIT)
    names = ("name", "provider", "account", "system_code", "cost_category", "business_area")
    initial: dict[str, Any] = {name: getattr(found, name) for name in names}
    form = RuleForm([found.organisation], request.POST or None, initial=initial)
    return _saved(request, form, found) or _shown(request, form, found)


def _saved(request: HttpRequest, form: RuleForm, rule: AllocationRule | None) -> HttpResponse | None:
    """Save what was entered and lead to the rule; ``None`` where there is nothing good to save."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        saved = save_allocation_rule(
            actor_of(request), organisation=form.cleaned_data["organisation"], fields=form.facts(), rule=rule
        )
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return None
    messages.success(request, _("配賦ルールを保存しました。"))
    return redirect(saved)


def _shown(request: HttpRequest, form: RuleForm, rule: AllocationRule | None) -> HttpResponse:
    context = {"form": form, "rule": rule}
    status = 422 if request.method == "POST" else 200
    return render(request, "costs/allocation_rule_form.html", context, status=status)
