"""Opening an incident, from a report or from alerts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import now
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.ui.asking import actor_of, attempt
from yui.security.soc.models import AlertGroup
from yui.security.soc.operations.incidents import open_from_alerts, open_incident
from yui.security.soc.views.incidents.forms import NewIncidentForm
from yui.security.soc.views.incidents.wards import wards_of

MOST_ALERTS = 200


@login_required
def new_incident(request: HttpRequest) -> HttpResponse:
    """Open an incident; ``?alert=1&alert=2`` names the alert groups from which it is opened."""
    actor = actor_of(request)
    wards = wards_of(actor, Verb.EDIT)
    if not wards:
        raise PermissionRefused(actor, Verb.EDIT)
    groups = _named_groups(request)
    initial = {"detected_at": now(), "ward": wards[0].code if len(wards) == 1 else None}
    if groups:
        initial["title"] = groups[0].title[:160]
    form = NewIncidentForm(request.POST or None, wards=wards, from_alerts=bool(groups), initial=initial)
    if request.method == "POST":
        if groups:
            done, incident = attempt(
                form,
                lambda: open_from_alerts(actor, groups=[group.pk for group in groups], facts=form.facts()),
            )
        else:
            done, incident = attempt(
                form,
                lambda: open_incident(
                    actor,
                    ward=form.cleaned_data["ward"],
                    facts=form.facts(),
                    detected_at=form.cleaned_data["detected_at"],
                    occurred_at=form.cleaned_data["occurred_at"],
                    occurred_until=form.cleaned_data["occurred_until"],
                ),
            )
        if done and incident is not None:
            messages.success(request, _("インシデントを開きました。作業と報告の期限が入りました。"))
            return redirect(incident)
    context = {"form": form, "groups": groups}
    return render(request, "soc/incidents/new.html", context, status=422 if form.errors else 200)


def _named_groups(request: HttpRequest) -> list[AlertGroup]:
    """Return the groups that the address names; one that the reader may not see answers 404."""
    keys = {
        int(key) for key in request.GET.getlist("alert")[:MOST_ALERTS] if key.isdecimal() and len(key) < 19
    }
    if not keys:
        return []
    visible = AlertGroup.objects.visible_to(actor_of(request)).select_related("organisation")
    groups = list(visible.filter(pk__in=keys))
    if len(groups) != len(keys):
        raise Http404
    return groups
