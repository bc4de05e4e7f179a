"""Ending an incident, and beginning it again."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yui.kernel.ui.asking import actor_of
from yui.security.soc.models import Incident
from yui.security.soc.operations.incidents import (
    close_incident,
    judge_false,
    merge_incident,
    reopen_incident,
)
from yui.security.soc.queries.incidents.incidents import incidents_for
from yui.security.soc.views.incidents.access import require_work, visible_incident
from yui.security.soc.views.incidents.forms import CloseForm, MergeForm, ReasonForm, ReopenForm
from yui.security.soc.views.incidents.page import form_page


def _titles() -> dict[str, tuple[str, str, str]]:
    """Return heading, lead and success of each way."""
    return {
        "close": (
            _("インシデントを終える"),
            _("封じ込めが記録されていて、必須の作業と報告が済んでいれば終えられます。"),
            _("インシデントを終えました。"),
        ),
        "false": (
            _("誤検知と判断する"),
            _("指標に数えません。理由は記録に残ります。"),
            _("誤検知と判断しました。"),
        ),
        "merge": (
            _("ほかのインシデントに統合する"),
            _("検知は統合先に移ります。検知した日時が早ければ、統合先もその日時になります。"),
            _("統合しました。"),
        ),
        "reopen": (
            _("インシデントを再開する"),
            _("新しい回が始まり、封じ込めまでの時間も別に数えます。前の回の記録は変わりません。"),
            _("再開しました。"),
        ),
    }


def _form(request: HttpRequest, incident: Incident, way: str) -> forms.Form:
    """Return the form of a way to end or begin again."""
    if way == "merge":
        others = incidents_for(actor_of(request)).filter(organisation=incident.organisation).open()
        return MergeForm(request.POST or None, choices=others.exclude(pk=incident.pk))
    if way == "reopen":
        return ReopenForm(request.POST or None)
    # An empty form of closing is complete: what was posted counts even where it holds no words.
    data = request.POST if request.method == "POST" else None
    return CloseForm(data) if way == "close" else ReasonForm(data)


def _call(request: HttpRequest, incident: Incident, way: str, form: forms.Form) -> Callable[[], Any]:
    """Return the operation of a way, to be run with what the form holds."""
    actor = actor_of(request)
    return {
        "close": lambda: close_incident(actor, incident=incident, **form.cleaned_data),
        "false": lambda: judge_false(actor, incident=incident, **form.cleaned_data),
        "merge": lambda: merge_incident(actor, incident=incident, **form.cleaned_data),
        "reopen": lambda: reopen_incident(actor, incident=incident, **form.cleaned_data),
    }[way]


@login_required
def end(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """Close, judge false, merge or reopen, as the address says."""
    found = visible_incident(request, pk)
    require_work(request, found)
    if way not in _titles():
        raise Http404
    title, lead, success = _titles()[way]
    form = _form(request, found, way)
    return form_page(
        request,
        visible_incident(request, pk),
        "form.html",
        form,
        call=_call(request, found, way, form),
        said=success,
        leads_to=found.get_absolute_url(),
        form_title=title,
        form_lead=lead,
    )
