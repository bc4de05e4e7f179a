"""Recording and correcting the times of an incident."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.kernel.calendar_jp import now
from yui.kernel.ui.asking import actor_of, told, visible_or_404
from yui.security.soc.models import IncidentMoment, MomentKind
from yui.security.soc.operations.incidents import declare_incident, record_moment, revise_moment
from yui.security.soc.operations.incidents.record_moment import RECORDABLE
from yui.security.soc.views.incidents.access import require_work, visible_incident
from yui.security.soc.views.incidents.forms import PastMomentForm
from yui.security.soc.views.incidents.page import form_page


def _kind(name: str) -> MomentKind:
    """Return the kind that an address names, or answer 404."""
    if name not in [*RECORDABLE, MomentKind.DECLARED]:
        raise Http404
    return MomentKind(name)


@login_required
@require_POST
def record_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that something happens now: one press of a button of the command bar."""
    found = visible_incident(request, pk)
    require_work(request, found)
    actor, kind = actor_of(request), _kind(request.POST.get("kind", ""))
    told(
        request,
        lambda: (
            declare_incident(actor, incident=found)
            if kind == MomentKind.DECLARED
            else record_moment(actor, incident=found, kind=kind)
        ),
        _("「%(kind)s」を記録しました。") % {"kind": kind.label},
    )
    return redirect(found)


@login_required
def record_past(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Record an earlier time, with how it is known."""
    found = visible_incident(request, pk)
    require_work(request, found)
    actor, wanted = actor_of(request), _kind(kind)
    form = PastMomentForm(request.POST or None, initial={"at": now()})
    return form_page(
        request,
        found,
        "moment.html",
        form,
        call=lambda: (
            declare_incident(
                actor, incident=found, at=form.cleaned_data["at"], note=form.cleaned_data["note"]
            )
            if wanted == MomentKind.DECLARED
            else record_moment(actor, incident=found, kind=wanted, **form.cleaned_data)
        ),
        said=_("「%(kind)s」を記録しました。") % {"kind": wanted.label},
        leads_to=found.get_absolute_url(),
        kind=wanted,
    )


@login_required
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a recorded time by a further one."""
    moments = IncidentMoment.objects.visible_to(actor_of(request)).select_related("incident")
    moment: IncidentMoment = visible_or_404(moments, pk=pk)
    found = visible_incident(request, moment.incident_id)
    require_work(request, found)
    form = PastMomentForm(request.POST or None, initial={"at": moment.at, "until": moment.until})
    return form_page(
        request,
        found,
        "moment.html",
        form,
        call=lambda: revise_moment(
            actor_of(request),
            moment=moment,
            at=form.cleaned_data["at"],
            reason=form.cleaned_data["note"],
            until=form.cleaned_data["until"],
        ),
        said=_("訂正しました。前の記録も残っています。"),
        leads_to=found.get_absolute_url(),
        kind=MomentKind(moment.kind),
        moment=moment,
    )
