"""時系列: times, notes, tasks, custody and decisions in one stream; notes are added here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yui.kernel.ui.asking import actor_of, attempt
from yui.security.soc.operations.incidents import add_note
from yui.security.soc.queries.incidents.timeline import timeline_of
from yui.security.soc.views.incidents.access import require_work, visible_incident
from yui.security.soc.views.incidents.forms import NoteForm
from yui.security.soc.views.incidents.page import incident_page

ENTRIES = 100


@login_required
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the stream, newest first."""
    found = visible_incident(request, pk)
    form = NoteForm(request.POST or None)
    if request.method == "POST":
        require_work(request, found)
        done, _note = attempt(form, lambda: add_note(actor_of(request), incident=found, **form.cleaned_data))
        if done:
            messages.success(request, _("記録しました。"))
            return redirect("soc:incident-timeline", pk=pk)
    page = Paginator(timeline_of(found), ENTRIES).get_page(request.GET.get("page"))
    context = {"page": page, "form": form}
    return incident_page(request, found, "timeline.html", context, status=422 if form.errors else 200)
