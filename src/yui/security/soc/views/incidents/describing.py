"""What is known of an incident: its case, its severity, personal data, what reports ask for."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.kernel.ui.asking import actor_of, attempt, refused
from yui.security.soc.models import Incident
from yui.security.soc.operations.incidents import (
    assess_personal_data,
    assign_commander,
    describe_for_reports,
    describe_incident,
    set_severity,
)
from yui.security.soc.views.incidents.access import require_work, visible_incident
from yui.security.soc.views.incidents.forms import (
    CaseForm,
    PersonalDataForm,
    PersonForm,
    ReportForm,
    SeverityForm,
)
from yui.security.soc.views.incidents.page import incident_page


def _answer(
    request: HttpRequest,
    incident: Incident,
    form: BaseForm,
    call: Callable[[], Any],
    words: dict[str, str],
) -> HttpResponse:
    """Show the form, or run the operation and go back to the incident."""
    if request.method == "POST":
        done, changed = attempt(form, call)
        if done:
            messages.success(request, _("保存しました。") if changed else _("変わったところはありません。"))
            return redirect(incident)
    stored = visible_incident(request, incident.pk)
    context = {"form": form, **words}
    return incident_page(request, stored, "form.html", context, status=422 if form.errors else 200)


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct title, category, summary and sharing."""
    found = visible_incident(request, pk)
    require_work(request, found)
    form = CaseForm(request.POST or None, instance=found)
    return _answer(
        request,
        found,
        form,
        lambda: describe_incident(
            actor_of(request), incident=found, facts=form.facts(), basis=form.given_basis
        ),
        {"form_title": _("内容を直す"), "form_lead": ""},
    )


@login_required
def personal_data(request: HttpRequest, pk: int) -> HttpResponse:
    """State what is known of leaked personal data."""
    found = visible_incident(request, pk)
    require_work(request, found)
    form = PersonalDataForm(request.POST or None, instance=found)
    return _answer(
        request,
        found,
        form,
        lambda: assess_personal_data(
            actor_of(request), incident=found, facts=form.facts(), basis=form.given_basis
        ),
        {
            "form_title": _("個人情報への影響"),
            "form_lead": _("ここに書いたことから、法律上の報告が要るかどうかと期限が決まります。"),
        },
    )


@login_required
def report_facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what reports ask for."""
    found = visible_incident(request, pk)
    require_work(request, found)
    form = ReportForm(request.POST or None, instance=found)
    return _answer(
        request,
        found,
        form,
        lambda: describe_for_reports(
            actor_of(request), incident=found, facts=form.facts(), basis=form.given_basis
        ),
        {
            "form_title": _("報告に書くこと"),
            "form_lead": _("下書きに入ります。空のところは「調査中」になります。"),
        },
    )


@login_required
def severity(request: HttpRequest, pk: int) -> HttpResponse:
    """Assess the severity by its three views."""
    found = visible_incident(request, pk)
    require_work(request, found)
    initial = {
        "severity_continuity": found.severity_continuity or 0,
        "severity_safety": found.severity_safety or 0,
        "severity_trust": found.severity_trust or 0,
        "core_system_stopped": found.core_system_stopped,
        "reason": found.severity_reason,
    }
    form = SeverityForm(request.POST or None, initial=initial)
    return _answer(
        request,
        found,
        form,
        lambda: set_severity(
            actor_of(request),
            incident=found,
            facts=form.facts(),
            reason=form.cleaned_data["reason"],
            core_system_stopped=form.cleaned_data["core_system_stopped"],
        ),
        {
            "form_title": _("深刻度を評価する"),
            "form_lead": _("三つの見方のうち、いちばん高いものが深刻度になります(深刻度評価基準、2018年)。"),
        },
    )


@login_required
@require_POST
def commander(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who commands."""
    found = visible_incident(request, pk)
    require_work(request, found)
    form = PersonForm(request.POST, ward=found.organisation)
    problems = (
        refused(
            lambda: assign_commander(actor_of(request), incident=found, person=form.cleaned_data["person"])
        )
        if form.is_valid()
        else [_("この区か共同SOCの担当者を選んでください。")]
    )
    for problem in problems:
        messages.error(request, problem)
    if not problems:
        messages.success(request, _("指揮を決めました。"))
    return redirect(found)
