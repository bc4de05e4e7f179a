"""Making a report again, closing it, publishing it: each asks once before it is done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.governance.reports.engine.content import Content
from yui.governance.reports.models import Audience, Edition, Note
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
    return _asked_once(
        request,
        pk,
        "reports/close.html",
        step=close_report,
        sentence=_("報告書を確定しました。ファイルをつくっています。"),
        preview=content_now,
    )


@login_required
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show exactly what everybody will read, and publish it."""
    return _asked_once(
        request,
        pk,
        "reports/publish.html",
        step=publish_report,
        sentence=_("報告書を公表しました。ファイルをつくっています。"),
        preview=public_preview,
    )


def _asked_once(
    request: HttpRequest,
    pk: int,
    template: str,
    *,
    step: Callable[..., Any],
    sentence: str,
    preview: Callable[[Edition, list[Note]], Content],
) -> HttpResponse:
    """Show what a step of the report will freeze (``preview``), and take it when that is sent."""
    report, actor = visible_report(request, pk), actor_of(request)
    require_approve(request, report)
    if request.method == "POST":
        told(request, lambda: step(actor, report=report), sentence)
        return redirect(report)
    edition = edition_of(actor, report)
    content = preview(edition, notes_of(actor, report)) if edition else None
    context = {
        "report": report,
        "shown": shown(content, content_language()) if content else None,
        "published": edition_of(actor, report, Audience.PUBLIC),
    }
    return render(request, template, context)
