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

from yui.kernel.ui.asking import actor_of, attempt, told
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
    *,
    title: str,
    lead: str,
) -> HttpResponse:
    """Show the form, or run the operation and go back to the incident."""
    if request.method == "POST":
        done, changed = attempt(form, call)
        if done:
            messages.success(request, _("保存しました。") if changed else _("変わったところはありません。"))
            return redirect(incident)
    stored = visible_incident(request, incident.pk)
    context = {"form": form, "form_title": title, "form_lead": lead}
    return incident_page(request, stored, "form.html", context, status=422 if form.errors else 200)


def _facts_page(
    request: HttpRequest,
    pk: int,
    kind: type[CaseForm | PersonalDataForm | ReportForm],
    verb: Callable[..., bool],
    *,
    title: str,
    lead: str = "",
) -> HttpResponse:
    """Show the form of a group of facts, or give the facts to ``verb``, which replaces them."""
    found = visible_incident(request, pk)
    require_work(request, found)
    form = kind(request.POST or None, instance=found)
    return _answer(
        request,
        found,
        form,
        lambda: verb(actor_of(request), incident=found, facts=form.facts(), basis=form.given_basis),
        title=title,
        lead=lead,
    )


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct title, category, summary and sharing."""
    return _facts_page(request, pk, CaseForm, describe_incident, title=_("内容を直す"))


@login_required
def personal_data(request: HttpRequest, pk: int) -> HttpResponse:
    """State what is known of leaked personal data."""
    return _facts_page(
        request,
        pk,
        PersonalDataForm,
        assess_personal_data,
        title=_("個人情報への影響"),
        lead=_("ここに書いたことから、法律上の報告が要るかどうかと期限が決まります。"),
    )


@login_required
def report_facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what reports ask for."""
    return _facts_page(
        request,
        pk,
        ReportForm,
        describe_for_reports,
        title=_("報告に書くこと"),
        lead=_("下書きに入ります。空のところは「調査中」になります。"),
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
        title=_("深刻度を評価する"),
        lead=_("三つの見方のうち、いちばん高いものが深刻度になります(深刻度評価基準、2018年)。"),
    )


@login_required
@require_POST
def commander(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who commands."""
    found = visible_incident(request, pk)
    require_work(request, found)
    form = PersonForm(request.POST, ward=found.organisation)
    if form.is_valid():
        person = form.cleaned_data["person"]
        told(
            request,
            lambda: assign_commander(actor_of(request), incident=found, person=person),
            _("指揮を決めました。"),
        )
    else:
        messages.error(request, _("この区か共同SOCの担当者を選んでください。"))
    return redirect(found)
