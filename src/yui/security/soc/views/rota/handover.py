"""引継ぎ: notes from shift to shift, accepted by the next one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import now
from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.ui.asking import actor_of, attempt, visible_or_404
from yui.security.soc.models import Handover
from yui.security.soc.operations.rota.hand_over import accept_handover, write_handover
from yui.security.soc.policies import BODY_CODE
from yui.security.soc.queries.rota.handing_over import handover_draft
from yui.security.soc.views.rota.access import may_keep, viewed_body
from yui.security.soc.views.rota.forms import HandoverForm
from yui.security.soc.views.rules.access import require_body
from yui.security.soc.views.rules.histories import told


@login_required
@require_safe
def handovers(request: HttpRequest) -> HttpResponse:
    """List the notes, the newest first."""
    body = viewed_body(request)
    notes = Handover.objects.visible_to(actor_of(request)).select_related("written_by", "accepted_by")
    context = {
        "page": Paginator(notes, 30).get_page(request.GET.get("page")),
        "may_keep": may_keep(request, body),
    }
    return render(request, "soc/rota/handovers.html", context)


@login_required
def handover_new(request: HttpRequest) -> HttpResponse:
    """Write a note; it begins with what is open now."""
    require_body(request)
    actor = actor_of(request)
    draft = handover_draft(actor, now())
    form = HandoverForm(
        request.POST or None,
        initial={"shift_kind": draft.shift_kind, "for_shift_at": draft.for_shift_at, "text": draft.text},
    )
    if request.method == "POST":
        done, note = attempt(
            form,
            lambda: write_handover(
                actor,
                **form.cleaned_data,
                open_alerts=draft.open_alerts,
                open_incidents=draft.open_incidents,
            ),
        )
        if done and note is not None:
            messages.success(request, _("引継ぎを書きました。次の当番の人が受けるまで、一覧に残ります。"))
            return redirect(note)
    context = {"form": form, "draft": draft}
    return render(request, "soc/rota/handover_form.html", context, status=422 if form.errors else 200)


@login_required
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a note; the next shift accepts it here."""
    body = viewed_body(request)
    actor = actor_of(request)
    notes = Handover.objects.visible_to(actor).select_related("written_by", "accepted_by")
    found: Handover = visible_or_404(notes, pk=pk)
    if request.method == "POST":
        try:
            accept_handover(actor, handover=found)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("引継ぎを受けました。"))
        return redirect(found)
    context = {
        "handover": found,
        "may_accept": may_keep(request, body)
        and found.accepted_at is None
        and found.written_by_id != actor.user_id,
        "entries": told(history_of(urn("soc.handover", pk), organisation=BODY_CODE), Handover),
    }
    return render(request, "soc/rota/handover.html", context)
