"""Decisions about rules: on and off in a ward or by default, tried, limited, retired, brought back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.tasks.operations import enqueue
from yui.kernel.ui.asking import actor_of, attempt
from yui.security.soc.jobs_rules import TRY
from yui.security.soc.models import DetectionRule
from yui.security.soc.operations.rules.decide_rules import decide_rules
from yui.security.soc.operations.rules.default_rules import default_rules
from yui.security.soc.operations.rules.limit_rule import limit_rule
from yui.security.soc.operations.rules.restore_rule import restore_rule
from yui.security.soc.operations.rules.retire_rule import retire_rule
from yui.security.soc.operations.rules.standing import untried
from yui.security.soc.policies import may, watching_bodies
from yui.security.soc.views.rules.access import chosen_ward, editable_ward, require_body
from yui.security.soc.views.rules.forms import LimitForm, ReasonForm, TrialForm
from yui.security.soc.views.rules.listing import rule_table
from yui.security.soc.views.rules.record import rule_context, visible_rule


def _decide(
    request: HttpRequest, ward: Organisation | None, rules: list[DetectionRule], *, on: bool, reason: str
) -> int:
    if ward is None:
        return default_rules(actor_of(request), rules=rules, is_default=on, reason=reason)
    return decide_rules(actor_of(request), ward=ward, rules=rules, is_enabled=on, reason=reason)


@login_required
@require_POST
def rule_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn one rule on or off, in a ward or (``ward=all``) by default."""
    found = visible_rule(request, pk)
    ward, wards = chosen_ward(request)
    _require_decision(request, ward)
    form = ReasonForm(request.POST, auto_id="decide_%s")
    on = request.POST.get("on") == "1"
    done, changed = attempt(
        form, lambda: _decide(request, ward, [found], on=on, reason=form.cleaned_data["reason"])
    )
    if done:
        messages.success(request, _("決定を記録しました。") if changed else _("変わったところはありません。"))
        return redirect(f"{found.get_absolute_url()}?ward={ward.code if ward else 'all'}")
    context = rule_context(request, found, ward, wards) | {"reason_form": form}
    return render(request, "soc/rules/record.html", context, status=422)


@login_required
def rules_decide(request: HttpRequest) -> HttpResponse:
    """Turn all rules that meet the conditions of the list on or off."""
    table, _wards = rule_table(request)
    _require_decision(request, table.ward)
    usable = table.records.filter(retired_at__isnull=True, unsupported="")
    on = (request.POST.get("on") or request.GET.get("on") or "1") == "1"
    rules = list(usable if on else table.records.filter(retired_at__isnull=True))
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        done, changed = attempt(
            form, lambda: _decide(request, table.ward, rules, on=on, reason=form.cleaned_data["reason"])
        )
        if done:
            messages.success(request, _("%(count)s件のルールを変えました。") % {"count": f"{changed:,}"})
            query = request.GET.copy()
            query.pop("on", None)
            return redirect(f"{reverse('soc:rules')}?{query.urlencode()}")
    context = {
        "form": form,
        "ward": table.ward,
        "on": on,
        "count": len(rules),
        "untried": len(untried(rules, table.ward)) if on else 0,
        "query": request.GET.urlencode(),
        "conditions": table.active_conditions,
        "sample": rules[:10],
    }
    return render(request, "soc/rules/decide.html", context, status=422 if form.errors else 200)


def _require_decision(request: HttpRequest, ward: Organisation | None) -> None:
    """Answer 403 to whoever may not decide for the ward, or for all without one."""
    if ward is None:
        require_body(request)
    elif not may(actor_of(request), Verb.EDIT, ward):
        raise PermissionRefused(actor_of(request), Verb.EDIT)


@login_required
@require_POST
def rule_try(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a trial on the ward's stored events; the page of the work shows how far it is."""
    found = visible_rule(request, pk)
    ward = editable_ward(request)
    form = TrialForm(request.POST, auto_id="try_%s")
    done, job = attempt(
        form,
        lambda: enqueue(
            actor_of(request),
            _asking_organisation(request, ward),
            TRY,
            job_title=found.title[:150],
            rule=found.pk,
            ward=ward.code,
            days=form.cleaned_data["days"],
        ),
    )
    if done and job is not None:
        return redirect(job.get_absolute_url())
    context = rule_context(request, found, *chosen_ward(request)) | {"trial_form": form}
    return render(request, "soc/rules/record.html", context, status=422)


def _asking_organisation(request: HttpRequest, ward: Organisation) -> Organisation:
    """Return the organisation for which the reader works: the ward, or the body that watches it."""
    own = actor_of(request).organisation_ids_with(Verb.EDIT)
    bodies: list[Any] = [ward, *watching_bodies(ward)]
    return next((body for body in bodies if body.pk in own), ward)


@login_required
@require_POST
def rule_limit(request: HttpRequest, pk: int) -> HttpResponse:
    """Set how many alerts the rule may raise in a ward and hour."""
    found = visible_rule(request, pk)
    require_body(request)
    form = LimitForm(request.POST, auto_id="limit_%s")
    done, changed = attempt(
        form,
        lambda: limit_rule(actor_of(request), rule=found, hourly_limit=form.cleaned_data["hourly_limit"]),
    )
    if done:
        messages.success(request, _("決定を記録しました。") if changed else _("変わったところはありません。"))
        return redirect(found)
    context = rule_context(request, found, *chosen_ward(request)) | {"limit_form": form}
    return render(request, "soc/rules/record.html", context, status=422)


@login_required
@require_POST
def rule_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Retire a rule, or bring it back (``back=1``)."""
    found = visible_rule(request, pk)
    require_body(request)
    if request.POST.get("back") == "1":
        restore_rule(actor_of(request), rule=found)
        messages.success(request, _("廃止を取り消しました。有効にするまでは検知しません。"))
        return redirect(found)
    form = ReasonForm(request.POST, auto_id="retire_%s")
    done, _nothing = attempt(
        form, lambda: retire_rule(actor_of(request), rule=found, reason=form.cleaned_data["reason"])
    )
    if done:
        messages.success(request, _("ルールを廃止しました。"))
        return redirect(found)
    context = rule_context(request, found, *chosen_ward(request)) | {"retire_form": form}
    return render(request, "soc/rules/record.html", context, status=422)
