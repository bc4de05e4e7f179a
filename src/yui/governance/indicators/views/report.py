"""月次報告: the whole tree of a month as it prints, and as PDF and workbook."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.governance.indicators.errors import IndicatorQuestionError
from yui.governance.indicators.formats.report_pdf import report_pdf
from yui.governance.indicators.formats.report_xlsx import report_xlsx
from yui.governance.indicators.queries.monthly_report import monthly_report
from yui.governance.indicators.queries.questions import read_month
from yui.governance.indicators.queries.rows import history_of
from yui.governance.indicators.views.asking import asked_month
from yui.governance.indicators.views.downloads import enter_export, exporting_organisation_id, named
from yui.governance.indicators.words import no_font_text
from yui.kernel.paper import NoJapaneseFont
from yui.kernel.tables.downloads import FORMATS
from yui.kernel.ui.asking import actor_of

MAKERS = {"pdf": report_pdf, "xlsx": report_xlsx}
TYPES = {"pdf": "application/pdf", "xlsx": FORMATS["xlsx"]}


@login_required
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Show the report of a month."""
    month, newest = asked_month(request)
    context = {
        "month": month,
        "months": sorted({*history_of(newest), month}, reverse=True),
        "report": monthly_report(actor_of(request), month),
        "formats": [(name, name.upper()) for name in MAKERS],
        "may_export": exporting_organisation_id(actor_of(request)) is not None,
    }
    return render(request, "indicators/report.html", context)


@login_required
@require_safe
def report_file(request: HttpRequest, month: str, file_format: str) -> HttpResponseBase:
    """Send the report of a month as a file; where it cannot be made, say on the page what is missing."""
    if file_format not in MAKERS:
        raise Http404(_("PDFとXLSXだけがあります。"))
    try:
        wanted = read_month(month)
    except IndicatorQuestionError as error:
        raise Http404(str(error)) from error
    content = monthly_report(actor_of(request), wanted)
    try:
        made = MAKERS[file_format](content)
    except NoJapaneseFont:
        messages.error(request, no_font_text())
        return redirect(f"{reverse('indicators:report')}?month={wanted}")
    enter_export(request, "indicators.report", len(content.rows), file_format)
    return named(HttpResponse(made), TYPES[file_format], f"{content.title}.{file_format}")
