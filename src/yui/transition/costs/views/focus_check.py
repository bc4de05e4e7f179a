"""FOCUSの検査: send a file in, and read which rules of the specification it breaks."""

from itertools import groupby
from operator import attrgetter
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yui.kernel.exchange.errors import FileRefused
from yui.kernel.exchange.export import CellKind, ExportColumn, Sheet, csv_bytes, xlsx_bytes
from yui.kernel.exchange.formats.guards import safe_name
from yui.kernel.exchange.operations import record_export
from yui.kernel.lake.errors import LakeError
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.tasks.models import Job
from yui.kernel.tasks.operations import enqueue
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.engine.validation.verdicts import Reason, Report, Status, Verdict
from yui.transition.costs.forms import FocusCheckForm
from yui.transition.costs.kept_checks import KeptCheck, keep_file, kept_check
from yui.transition.costs.queries.focus_check import check_focus_file
from yui.transition.costs.tasks.check_focus import CHECK_FOCUS
from yui.transition.costs.verdict_words import reason_in_words, status_in_words

SMALL = 20 * 2**20
RULES_SHOWN = 50
STATES = {
    Status.FAIL: "late",
    Status.PASS: "achieved",
    Status.NOT_APPLICABLE: "no_data",
    Status.SKIPPED: "undecided",
}
"""The shape that stands beside each status."""
CONSEQUENCES: dict[str, int] = {Reason.COLUMN_ABSENT: 1, Reason.MEMBERS_FAILED: 2}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Take a file; a small one is examined at once, a large one by a worker."""
    actor = actor_of(request)
    organisations = organisations_with(actor, Verb.IMPORT)
    if not organisations:
        raise PermissionRefused(actor, Verb.IMPORT)
    form = FocusCheckForm(organisations, request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "costs/focus_check.html", {"form": form})
    organisation: Organisation = form.cleaned_data["organisation"]
    upload = form.cleaned_data["file"]
    try:
        kept = keep_file(
            upload.chunks(),
            user=actor.user_id,
            organisation=organisation.code,
            file_name=safe_name(upload.name),
            version=form.cleaned_data["version"],
            criteria=("ALL",) if form.cleaned_data["criteria"] else (),
        )
        if kept.size < SMALL:
            _examine_now(kept)
        else:
            job = enqueue(actor, organisation, CHECK_FOCUS, job_title=kept.file_name, key=kept.key)
            kept.keep_job(job.pk)
    except (FileRefused, LakeError) as error:
        return render(request, "costs/focus_check.html", {"form": form, "refusal": str(error)}, status=422)
    return redirect("costs:focus-check-result", kept.key)


def _examine_now(kept: KeptCheck) -> None:
    try:
        report = check_focus_file(
            kept.upload, file_name=kept.file_name, version=kept.version, criteria=kept.criteria
        )
    except (FileRefused, LakeError):
        kept.forget()
        raise
    kept.keep_report(report)


@login_required
@require_safe
def result(request: HttpRequest, key: str) -> HttpResponse:
    """Show the report, or how far the examination is."""
    kept = _own(request, key)
    report = kept.report
    if report is None:
        job = Job.objects.visible_to(actor_of(request)).filter(pk=kept.job).first() if kept.job else None
        return render(request, "costs/focus_check_waiting.html", {"kept": kept, "job": job})
    status = _status(request, report)
    chosen = [verdict for verdict in report.verdicts if not status or verdict.status == status]
    # Cells that can be put right stand first, what follows from other verdicts last.
    verdicts = sorted(chosen, key=lambda verdict: CONSEQUENCES.get(verdict.reason or "", 0))
    page = Paginator(verdicts, RULES_SHOWN).get_page(request.GET.get("page"))
    summary = report.summary
    context: dict[str, Any] = {
        "kept": kept,
        "report": report,
        "status": status,
        "page": page,
        "rows": [_row(verdict) for verdict in page],
        "chips": _chips(report, status),
        "broken": summary[Status.FAIL],
        "kept_rules": summary[Status.PASS],
    }
    return render(request, "costs/focus_check_result.html", context)


@login_required
@require_safe
def export(request: HttpRequest, key: str, file_format: str) -> HttpResponse:
    """Send the verdicts as CSV or XLSX."""
    kept = _own(request, key)
    report = kept.report
    if report is None or file_format not in {"csv", "xlsx"}:
        raise Http404
    actor = actor_of(request)
    organisation = next(
        (each for each in organisations_with(actor, Verb.EXPORT) if each.code == kept.organisation), None
    )
    if organisation is None:
        raise PermissionRefused(actor, Verb.EXPORT)
    rows = [_cells(verdict) for verdict in report.verdicts]
    record_export(actor, organisation, "costs.focus_check", len(rows), file_format=file_format)
    columns = [
        ExportColumn(_("FOCUSの規則")),
        ExportColumn(_("列")),
        ExportColumn(_("検査の結果")),
        ExportColumn(_("規則の強さ")),
        ExportColumn(_("内容"), width=60),
        ExportColumn(_("違反の行数"), CellKind.NUMBER),
        ExportColumn(_("理由"), width=40),
        ExportColumn(_("違反の例"), width=60),
    ]
    if file_format == "csv":
        response = HttpResponse(
            csv_bytes([column.title for column in columns], rows), content_type="text/csv"
        )
    else:
        sheet = Sheet(_("FOCUSの検査"), columns, rows)
        response = HttpResponse(xlsx_bytes([sheet]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="focus-check.{file_format}"'
    return response


def _own(request: HttpRequest, key: str) -> KeptCheck:
    """Return what the reader himself sent in; anything else does not exist for him."""
    kept = kept_check(key)
    if kept is None or kept.user != actor_of(request).user_id:
        raise Http404(_("その検査はありません。"))
    return kept


def _status(request: HttpRequest, report: Report) -> str:
    """Return the status to show: as asked for, else what is broken, else everything."""
    asked = request.GET.get("status")
    if asked is not None:
        return asked if asked in set(map(str, Status)) else ""
    return str(Status.FAIL) if report.has_failures else ""


def _chips(report: Report, status: str) -> list[dict[str, Any]]:
    """Return the filters by status, with how many rules each shows."""
    summary = report.summary
    choices = [("", _("すべて"), summary["total"])]
    choices += [(str(each), status_in_words(each), summary[each]) for each in Status]
    return [
        {"words": words, "url": f"?status={code}", "is_current": code == status, "count": count}
        for code, words, count in choices
    ]


def _row(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict,
        "status": status_in_words(verdict.status),
        "reason": reason_in_words(verdict),
        "state": STATES[verdict.status],
        "examples": [(row, list(cells)) for row, cells in groupby(verdict.examples, attrgetter("row"))],
    }


def _cells(verdict: Verdict) -> list[Any]:
    examples = "\n".join(f"{one.row}: {one.column} = {one.value or ''}" for one in verdict.examples)
    return [
        verdict.id,
        verdict.column,
        status_in_words(verdict.status),
        verdict.keyword,
        verdict.text,
        verdict.failed_rows,
        reason_in_words(verdict),
        examples,
    ]
