"""書き添え: a note is written, changed, removed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.governance.reports.forms import NoteForm
from yui.governance.reports.models import NoteTopic
from yui.governance.reports.operations import add_note, change_note, remove_note
from yui.governance.reports.views.access import require_write, visible_note, visible_report
from yui.kernel.ui.asking import actor_of, attempt

REMOVE = "remove"


@login_required
def new_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note."""
    report = visible_report(request, pk)
    require_write(request, report)
    topic = request.GET.get("topic", "")
    initial = {"topic": topic} if topic in NoteTopic.values else {}
    form = NoteForm(request.POST or None, initial=initial)
    if request.method == "POST":
        done, _note = attempt(form, lambda: add_note(actor_of(request), report=report, facts=form.facts()))
        if done:
            messages.success(request, _("書き添えました。"))
            return redirect(report)
    return _page(request, {"report": report, "form": form, "note": None})


@login_required
def edit_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Change or remove a note."""
    note = visible_note(request, pk)
    require_write(request, note.report)
    if request.method == "POST" and REMOVE in request.POST:
        remove_note(actor_of(request), note=note)
        messages.success(request, _("書き添えを消しました。"))
        return redirect(note.report)
    form = NoteForm(request.POST or None, instance=note)
    if request.method == "POST":
        done, _note = attempt(form, lambda: change_note(actor_of(request), note=note, facts=form.facts()))
        if done:
            messages.success(request, _("書き添えを保存しました。"))
            return redirect(note.report)
    return _page(request, {"report": note.report, "form": form, "note": note})


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, "reports/note_form.html", context, status=status)
