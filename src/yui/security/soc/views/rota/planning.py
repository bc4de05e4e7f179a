"""Planning the rota, and its single shifts and absences."""

from dataclasses import replace
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.kernel.calendar_jp import TOKYO, Month, now, today
from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.ui.asking import actor_of, attempt, visible_or_404
from yui.security.soc.engine.rota import RotaPlan
from yui.security.soc.models import Absence, Shift
from yui.security.soc.operations.rota.change_shifts import (
    add_shift,
    change_shift,
    remove_shift,
    swap_shifts,
)
from yui.security.soc.operations.rota.keep_absences import add_absence, remove_absence
from yui.security.soc.operations.rota.plan_shifts import plan_shifts
from yui.security.soc.policies import BODY_CODE
from yui.security.soc.queries.rota.calendar import HOURS
from yui.security.soc.queries.rota.people import watch_people
from yui.security.soc.views.rota.forms import AbsenceForm, PlanForm, ShiftForm, SwapForm
from yui.security.soc.views.rules.access import require_body
from yui.security.soc.views.rules.histories import told


def _calendar_of(shift: Shift) -> str:
    return f"{reverse('soc:rota')}?month={shift.starts_at.astimezone(TOKYO):%Y-%m}"


@login_required
def rota_plan(request: HttpRequest) -> HttpResponse:
    """Fill the open shifts of some weeks."""
    body = require_body(request)
    following = Month.of(today()).next()
    form = PlanForm(
        request.POST or None,
        body=body,
        initial={
            "first": following.first_day,
            "last": following.last_day,
            "people": list(watch_people(body, today()).values_list("pk", flat=True)),
        },
    )
    if request.method == "POST":
        done, plan = attempt(form, lambda: _plan(request, form))
        if done and plan is not None:
            messages.success(
                request,
                _("当番を%(count)s件組みました。空きは%(gaps)s件です。")
                % {"count": len(plan.duties), "gaps": len(plan.gaps)},
            )
            return redirect(f"{reverse('soc:rota')}?month={form.cleaned_data['first']:%Y-%m}")
    return render(request, "soc/rota/plan.html", {"form": form}, status=422 if form.errors else 200)


def _plan(request: HttpRequest, form: PlanForm) -> RotaPlan:
    stated = form.cleaned_data
    wanted = [stated["day_people"], stated["night_people"], stated["on_call_people"]]
    hours = [replace(one, people=number) for one, number in zip(HOURS, wanted, strict=True) if number]
    return plan_shifts(
        actor_of(request),
        first=stated["first"],
        last=stated["last"],
        people=list(stated["people"]),
        hours=hours,
    )


@login_required
def shift_new(request: HttpRequest) -> HttpResponse:
    """Put somebody on duty."""
    body = require_body(request)
    start = now().astimezone(TOKYO).replace(hour=8, minute=30, second=0, microsecond=0)
    usual = {"starts_at": start, "ends_at": start + timedelta(hours=12, minutes=30)}
    form = ShiftForm(request.POST or None, body=body, initial=usual)
    if request.method == "POST":
        done, shift = attempt(form, lambda: add_shift(actor_of(request), facts=form.facts()))
        if done and shift is not None:
            messages.success(request, _("当番を入れました。"))
            return redirect(_calendar_of(shift))
    return render(request, "soc/rota/shift.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a shift, swap it with another, or take it off."""
    body = require_body(request)
    actor = actor_of(request)
    found: Shift = visible_or_404(Shift.objects.visible_to(actor).select_related("person"), pk=pk)
    names = ("person", "kind", "starts_at", "ends_at", "is_lead")
    act = request.POST.get("act", "")
    form = ShiftForm(
        request.POST if act == "change" else None,
        body=body,
        initial={name: getattr(found, name) for name in names},
    )
    near = Shift.objects.visible_to(actor).exclude(person_id=found.person_id)
    others = near.filter(starts_at__range=(found.starts_at - timedelta(14), found.starts_at + timedelta(14)))
    swap = SwapForm(
        request.POST if act == "swap" else None,
        others=others.select_related("person"),
        auto_id="swap_%s",
    )
    if request.method == "POST":
        done = _act(request, act, found, form, swap)
        if done:
            messages.success(request, _("当番を変えました。"))
            return redirect(_calendar_of(found))
    context = {
        "shift": found,
        "form": form,
        "swap": swap,
        "back": _calendar_of(found),
        "entries": told(history_of(urn("soc.shift", pk), organisation=BODY_CODE), Shift),
    }
    return render(request, "soc/rota/shift.html", context, status=422 if form.errors or swap.errors else 200)


def _act(request: HttpRequest, act: str, found: Shift, form: ShiftForm, swap: SwapForm) -> bool:
    """Do what was asked; return whether it was done."""
    actor = actor_of(request)
    if act == "remove":
        remove_shift(actor, shift=found)
        return True
    if act == "swap":
        return attempt(
            swap,
            lambda: swap_shifts(
                actor, one=found, other=swap.cleaned_data["other"], reason=swap.cleaned_data["reason"]
            ),
        )[0]
    return attempt(form, lambda: change_shift(actor, shift=found, facts=form.facts()))[0]


@login_required
def absences(request: HttpRequest) -> HttpResponse:
    """Note when people are away, and see it."""
    body = require_body(request)
    actor = actor_of(request)
    form = AbsenceForm(request.POST or None, body=body)
    if request.method == "POST":
        done, _made = attempt(form, lambda: add_absence(actor, **form.cleaned_data))
        if done:
            messages.success(request, _("不在を入れました。"))
            return redirect("soc:absences")
    found = Absence.objects.visible_to(actor).filter(last_day__gte=today()).select_related("person")
    context = {"form": form, "absences": found}
    return render(request, "soc/rota/absences.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def absence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an absence away."""
    require_body(request)
    found: Absence = visible_or_404(Absence.objects.visible_to(actor_of(request)), pk=pk)
    remove_absence(actor_of(request), absence=found)
    messages.success(request, _("不在を外しました。"))
    return redirect("soc:absences")
