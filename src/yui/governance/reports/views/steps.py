"""Making a report again, closing it, publishing it: each asks once before it is done."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.governance.reports.models import Audience
from yui.governance.reports.operations import close_report, make_report, publish_report
from yui.governance.reports.queries.reports import content_now, edition_of, notes_of, public_preview
from yui.governance.reports.shown import shown
from yui.governance.reports.views.access import (
    content_language,
    require_approve,
    require_write,
    visible_report,
)
from yui.kernel.ui.asking import actor_of, told


@login_required
@require_POST
def remake(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the report again from the records as they are now."""
    report = visible_report(request, pk)
    require_write(request, report)
    made = make_report(actor_of(request), plan=report.plan, period=report.period)
    if made.edition is None:
        messages.info(request, _("記録は前の版のときと同じです。新しい版はつくりませんでした。"))
    else:
        messages.success(request, _("第%(number)s版をつくりました。") % {"number": made.edition.number})
    return redirect(report)


@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what will be frozen, and freeze it."""
    report = visible_report(request, pk)
    require_approve(request, report)
    if request.method == "POST":
        told(
            request,
            lambda: close_report(actor_of(request), report=report),
            _("報告書を確定しました。ファイルをつくっています。"),
        )
        return redirect(report)
    actor = actor_of(request)
    edition = edition_of(actor, report)
    content = content_now(edition, notes_of(actor, report)) if edition else None
    return _confirm(request, report, "reports/close.html", content)


@login_required
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show exactly what everybody will read, and publish it."""
    report = visible_report(request, pk)
    require_approve(request, report)
    if request.method == "POST":
        told(
            request,
            lambda: publish_report(actor_of(request), report=report),
            _("報告書を公表しました。ファイルをつくっています。"),
        )
        return redirect(report)
    actor = actor_of(request)
    edition = edition_of(actor, report)
    content = public_preview(edition, notes_of(actor, report)) if edition else None
    return _confirm(request, report, "reports/publish.html", content)


def _confirm(request: HttpRequest, report: Any, template: str, content: Any) -> HttpResponse:
    context = {
        "report": report,
        "shown": shown(content, content_language()) if content else None,
        "published": edition_of(actor_of(request), report, Audience.PUBLIC),
    }
    return render(request, template, context)
