"""取り込みと書き出し: exports of other platforms come in, the own posts go out."""

import tempfile
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yui.kernel.calendar_jp import today
from yui.kernel.exchange.errors import ExchangeError
from yui.kernel.exchange.export import csv_bytes
from yui.kernel.exchange.formats.guards import safe_name
from yui.kernel.exchange.operations import record_export
from yui.kernel.exchange.storage import store_file
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.tasks.operations import enqueue
from yui.kernel.ui.asking import actor_of
from yui.people.commons.forms_intake import IntakeForm
from yui.people.commons.jobs_intake import INTAKE
from yui.people.commons.models import CommonsIntake
from yui.people.commons.operations.intake.export_posts import export_posts
from yui.people.commons.policies import intake_bodies, require_intake
from yui.people.commons.queries.intake import report_lines

LARGEST = 2 << 30
_PAGE, _LINES = 20, 200
_IN_MEMORY = 8 << 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def intakes(request: HttpRequest) -> HttpResponse:
    """Take a file for the worker, and list the runs of the bodies that the reader looks after."""
    actor = actor_of(request)
    bodies = intake_bodies(actor)
    if not bodies:
        raise PermissionRefused(actor, Verb.IMPORT)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = IntakeForm(*given, bodies=bodies)
    if request.method == "POST" and form.is_valid():
        stated, upload = form.cleaned_data, cast(Any, form.cleaned_data["file"])
        require_intake(actor, stated["organisation"])
        try:
            stored = store_file(upload, LARGEST)
        except ExchangeError as error:
            form.add_error("file", str(error))
        else:
            name = safe_name(upload.name)
            job = enqueue(
                actor,
                stated["organisation"],
                INTAKE,
                job_title=name[:150],
                sha256=stored.sha256,
                name=name,
                source=stated["source"],
                visibility=stated["visibility"],
                solved_reactions=stated["solved_reaction"],
                all_messages=stated["all_messages"],
            )
            return redirect(job.get_absolute_url())
    runs = CommonsIntake.objects.visible_to(actor).filter(organisation__in=bodies)
    page = Paginator(runs.select_related("by", "organisation").defer("skipped"), _PAGE)
    context = {"form": form, "bodies": bodies, "page": page.get_page(request.GET.get("page"))}
    return render(request, "commons/intakes.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one run: what was taken in, and what was left out and why."""
    found = _visible_intake(request, pk)
    lines = report_lines(found.skipped)
    context = {"intake": found, "lines": lines[:_LINES], "is_cut": len(lines) > _LINES}
    return render(request, "commons/intake.html", context)


@login_required
@require_POST
def intake_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Send what was left out as CSV."""
    found = _visible_intake(request, pk)
    lines = report_lines(found.skipped)
    record_export(actor_of(request), found.organisation, "commons.intake", len(lines))
    content = csv_bytes(
        [_("取り込み元の場所"), _("理由"), _("件数"), _("例")],
        [[line.place, line.why, line.count, " ".join(line.examples)] for line in lines],
    )
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"{_('取り込まなかったもの')}_{found.pk}.csv"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


@login_required
@require_POST
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    """Send everything that a body asked and wrote, with its files, as a ZIP."""
    actor = actor_of(request)
    body = next((one for one in intake_bodies(actor) if one.code == code), None)
    if body is None:
        raise Http404
    # The response closes the file once it is sent.
    target = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
    export_posts(actor, organisation=body, target=cast(Any, target), as_zip=True)
    target.seek(0)
    name = f"{body.name_ja}_{_('質問と投稿')}_{today():%Y%m%d}.zip"
    return FileResponse(target, as_attachment=True, filename=name, content_type="application/zip")


def _visible_intake(request: HttpRequest, pk: int) -> CommonsIntake:
    actor = actor_of(request)
    runs = CommonsIntake.objects.visible_to(actor).filter(organisation__in=intake_bodies(actor))
    found: CommonsIntake | None = runs.select_related("by", "organisation").filter(pk=pk).first()
    if found is None:
        raise Http404(_("その取り込みは見つかりません。"))
    return found
