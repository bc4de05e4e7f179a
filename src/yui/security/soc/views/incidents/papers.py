"""報告: the papers that the facts call for, their dates, drafts and receipts."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.calendar_jp import now
from yui.kernel.exchange.errors import StorageLost
from yui.kernel.exchange.storage import verified_path
from yui.kernel.ui.asking import actor_of, refused, told, visible_or_404
from yui.security.soc.models import Duty, PaperDraft, PaperFormat
from yui.security.soc.operations.incidents import (
    draft_paper,
    receive_paper,
    require_paper,
    send_paper,
    waive_paper,
)
from yui.security.soc.queries.incidents.moments import standing_of
from yui.security.soc.queries.incidents.papers import paper_rows, title_of
from yui.security.soc.views.incidents.access import require_work, visible_incident
from yui.security.soc.views.incidents.forms import ReasonForm, ReceiptForm, SentForm
from yui.security.soc.views.incidents.page import form_page, incident_page

MEDIA_TYPES = {
    PaperFormat.PDF: "application/pdf",
    PaperFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PaperFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@login_required
@require_safe
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the papers, those to be written first."""
    found = visible_incident(request, pk)
    standing = standing_of(found)
    rows, others = paper_rows(found, standing, now())
    context = {"rows": rows, "others": others, "formats": PaperFormat.choices}
    return incident_page(request, found, "papers.html", context, standing=standing)


def _visible_paper(request: HttpRequest, pk: int) -> Duty:
    """Return a paper that the reader may see and work, or answer 404 or 403."""
    visible = Duty.objects.visible_to(actor_of(request)).select_related("incident__organisation")
    duty: Duty = visible_or_404(visible, pk=pk)
    require_work(request, duty.incident)
    return duty


@login_required
@require_POST
def paper_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft in one of the formats."""
    duty = _visible_paper(request, pk)
    asked = request.POST.get("format", "")
    if asked not in PaperFormat.values:
        raise Http404
    told(
        request,
        lambda: draft_paper(actor_of(request), duty=duty, file_format=PaperFormat(asked)),
        _("下書きを作りました。内容を確かめてから提出してください。"),
    )
    return redirect("soc:incident-papers", pk=duty.incident_id)


@login_required
@require_safe
def draft_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand a draft out as an attachment."""
    visible = PaperDraft.objects.visible_to(actor_of(request))
    draft: PaperDraft = visible_or_404(visible.select_related("duty__incident__organisation"), pk=pk)
    incident = draft.duty.incident
    name = f"{incident.number}-{draft.duty.code}-{draft.version}.{draft.file_format}"
    try:
        path = verified_path(draft.sha256)
    except StorageLost as error:
        raise Http404(_("下書きのファイルがありません。もう一度作ってください。")) from error
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=name,
        content_type=MEDIA_TYPES[PaperFormat(draft.file_format)],
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


STEPS = ("send", "receive", "waive")


@login_required
def paper_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Note that a paper was sent, received, or is not required."""
    duty = _visible_paper(request, pk)
    if step not in STEPS:
        raise Http404
    incident = visible_incident(request, duty.incident_id)
    data = request.POST if request.method == "POST" else None
    forms = {"send": SentForm, "receive": ReceiptForm, "waive": ReasonForm}
    operations: dict[str, Callable[..., None]] = {
        "send": send_paper,
        "receive": receive_paper,
        "waive": waive_paper,
    }
    titles = {
        "send": _("「%(paper)s」を提出した"),
        "receive": _("「%(paper)s」が受け付けられた"),
        "waive": _("「%(paper)s」は不要"),
    }
    form = forms[step](data)
    return form_page(
        request,
        incident,
        "form.html",
        form,
        call=lambda: operations[step](actor_of(request), duty=duty, **form.cleaned_data),
        said=_("記録しました。"),
        leads_to=reverse("soc:incident-papers", args=[incident.pk]),
        form_title=titles[step] % {"paper": title_of(duty.code)},
        form_lead=_("Yui は外へ何も送りません。提出したことをここに記録します。") if step == "send" else "",
    )


@login_required
@require_POST
def paper_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the decision that a paper is not required."""
    duty = _visible_paper(request, pk)
    for problem in refused(lambda: require_paper(actor_of(request), duty=duty)):
        messages.error(request, problem)
    return redirect("soc:incident-papers", pk=duty.incident_id)
