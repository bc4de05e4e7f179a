"""システム: what an incident touches, and when each system was contained and restored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.kernel.calendar_jp import now
from yui.kernel.policy import Actor
from yui.kernel.ui.asking import actor_of, attempt, told, visible_or_404
from yui.registry.public import systems_by_code
from yui.security.soc.models import AffectedSystem, Incident, MomentKind
from yui.security.soc.operations.incidents import affect_system, contain_system, restore_system
from yui.security.soc.queries.incidents.duty_case import affected_of
from yui.security.soc.views.incidents.access import require_work, visible_incident
from yui.security.soc.views.incidents.forms import AffectForm, PastMomentForm
from yui.security.soc.views.incidents.page import form_page, incident_page

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class SystemRow:
    """One affected system: how long it stood still, and whether that breaks its promised time (RTO)."""

    affected: AffectedSystem
    is_present: bool
    stopped_hours: float | None
    breaks_rto: bool


def system_rows(incident: Incident, at: datetime) -> list[SystemRow]:
    """Return the affected systems of all rounds, those of the present round first."""
    rows = []
    for each in affected_of(incident):
        hours = None
        if each.stopped_at is not None:
            hours = ((each.restored_at or at) - each.stopped_at) / HOUR
        promised = each.system.rto_hours
        breaks = hours is not None and promised is not None and hours > promised
        rows.append(SystemRow(each, each.round == incident.round, hours, breaks))
    return sorted(rows, key=lambda row: (-row.affected.round, row.affected.pk))


def _choices(incident: Incident) -> list[tuple[str, str]]:
    """Return the ward's systems that the present round does not have yet."""
    taken = {each.system.code for each in affected_of(incident, present_round=True)}
    # Whoever may work the incident may name the ward's systems, the joint body without seeing its registry.
    known = systems_by_code(Actor.system("incident"), incident.organisation)
    return [(code, f"{code} {system.name}") for code, system in sorted(known.items()) if code not in taken]


@login_required
def systems(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the systems; another one can be added."""
    found = visible_incident(request, pk)
    if request.method == "POST":
        require_work(request, found)
    choices = _choices(found)
    form = AffectForm(request.POST or None, systems=choices)
    if request.method == "POST":
        done, _affected = attempt(
            form,
            lambda: affect_system(
                actor_of(request),
                incident=found,
                system_code=form.cleaned_data["system"],
                effect=form.cleaned_data["effect"],
                stopped_at=form.cleaned_data["stopped_at"],
            ),
        )
        if done:
            messages.success(request, _("システムを加えました。"))
            return redirect("soc:incident-systems", pk=pk)
    context = {"rows": system_rows(found, now()), "form": form, "has_choices": bool(choices)}
    return incident_page(request, found, "systems.html", context, status=422 if form.errors else 200)


def _visible_system(request: HttpRequest, pk: int) -> AffectedSystem:
    """Return an affected system that the reader may see and work, or answer 404 or 403."""
    visible = AffectedSystem.objects.visible_to(actor_of(request))
    affected: AffectedSystem = visible_or_404(
        visible.select_related("incident__organisation", "system"), pk=pk
    )
    require_work(request, affected.incident)
    return affected


@login_required
@require_POST
def system_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a system is contained or restored now."""
    affected = _visible_system(request, pk)
    operation = restore_system if request.POST.get("step") == "restore" else contain_system
    told(request, lambda: operation(actor_of(request), affected=affected), _("記録しました。"))
    return redirect("soc:incident-systems", pk=affected.incident_id)


@login_required
def system_past(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Record or correct an earlier time of a system."""
    affected = _visible_system(request, pk)
    found = visible_incident(request, affected.incident_id)
    kind = MomentKind.RECOVERED if step == "restore" else MomentKind.CONTAINED
    known = affected.restored_at if step == "restore" else affected.contained_at
    operation = restore_system if step == "restore" else contain_system
    form = PastMomentForm(request.POST or None, initial={"at": known or now()})
    del form.fields["until"]
    return form_page(
        request,
        found,
        "moment.html",
        form,
        call=lambda: operation(
            actor_of(request),
            affected=affected,
            at=form.cleaned_data["at"],
            reason=form.cleaned_data["note"],
        ),
        said=_("記録しました。"),
        leads_to=reverse("soc:incident-systems", args=[found.pk]),
        kind=kind,
        system=affected.system,
    )
