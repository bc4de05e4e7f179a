"""証拠: files with their hash, and the chain of custody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.kernel.policy import Verb
from yui.kernel.ui.asking import actor_of, attempt, visible_or_404
from yui.security.soc.models import CustodyEntry, EvidenceFile
from yui.security.soc.operations.incidents import (
    collect_evidence,
    hand_over_evidence,
    open_evidence,
    verify_evidence,
)
from yui.security.soc.policies import may
from yui.security.soc.queries.incidents.moments import WHY
from yui.security.soc.views.incidents.access import require_work, visible_incident
from yui.security.soc.views.incidents.forms import EvidenceForm, HandOverForm
from yui.security.soc.views.incidents.page import form_page, incident_page


@login_required
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the files with their chains; another one can be kept."""
    found = visible_incident(request, pk)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require_work(request, found)
        done, _evidence = attempt(
            form,
            lambda: collect_evidence(
                actor_of(request),
                incident=found,
                file=form.cleaned_data["file"],
                name=form.cleaned_data["file"].name,
                media_type=form.cleaned_data["file"].content_type or "",
                description=form.cleaned_data["description"],
                tlp=form.cleaned_data["tlp"],
            ),
        )
        if done:
            messages.success(request, _("証拠を保管しました。"))
            return redirect("soc:incident-evidence", pk=pk)
    chains: dict[int, list[CustodyEntry]] = {}
    entries = CustodyEntry.objects.unscoped(WHY).filter(evidence__incident=found).select_related("by")
    for entry in entries:
        chains.setdefault(entry.evidence_id, []).append(entry)
    files = EvidenceFile.objects.unscoped(WHY).filter(incident=found).select_related("collected_by")
    context = {
        "files": [(each, chains.get(each.pk, [])) for each in files],
        "form": form,
        "may_take_out": may(actor_of(request), Verb.EXPORT, found.organisation),
    }
    return incident_page(request, found, "evidence.html", context, status=422 if form.errors else 200)


def _visible_evidence(request: HttpRequest, pk: int) -> EvidenceFile:
    """Return a piece of evidence that the reader may see, or answer 404."""
    visible = EvidenceFile.objects.visible_to(actor_of(request))
    found: EvidenceFile = visible_or_404(visible.select_related("incident__organisation"), pk=pk)
    return found


@login_required
@require_POST
def evidence_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand the bytes out as an attachment; the opening is written into the chain first."""
    found = _visible_evidence(request, pk)
    opened = open_evidence(actor_of(request), evidence=found, purpose=request.POST.get("purpose", "")[:300])
    if opened.path is None:
        messages.error(
            request,
            _("「%(name)s」は採取したときと違う内容です。渡しません。取扱いの記録を確かめてください。")
            % {"name": found.name},
        )
        return redirect("soc:incident-evidence", pk=found.incident_id)
    response = FileResponse(
        opened.path.open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def evidence_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare the bytes with the hash of their collection."""
    found = _visible_evidence(request, pk)
    if verify_evidence(actor_of(request), evidence=found):
        messages.success(request, _("採取したときと同じ内容です。"))
    else:
        messages.error(
            request,
            _("「%(name)s」は採取したときと違う内容です。取扱いの記録を確かめてください。")
            % {"name": found.name},
        )
    return redirect("soc:incident-evidence", pk=found.incident_id)


@login_required
def evidence_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down to whom evidence went."""
    found = _visible_evidence(request, pk)
    incident = visible_incident(request, found.incident_id)
    require_work(request, incident)
    form = HandOverForm(request.POST or None)
    return form_page(
        request,
        incident,
        "form.html",
        form,
        call=lambda: hand_over_evidence(actor_of(request), evidence=found, **form.cleaned_data),
        said=_("引渡しを記録しました。"),
        leads_to=reverse("soc:incident-evidence", args=[incident.pk]),
        form_title=_("証拠「%(name)s」を引き渡す") % {"name": found.name},
        form_lead="",
    )
