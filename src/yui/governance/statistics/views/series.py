"""One series: a ward beside the others, where the figures come from, what was revised; and as a file."""

import tempfile
from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from yui.governance.statistics.areas import WARD_CODES, area_name
from yui.governance.statistics.charting import comparison_chart, ward_map
from yui.governance.statistics.exporting import COLUMNS, export_rows
from yui.governance.statistics.models import Frequency, Observation, Series
from yui.governance.statistics.periods import period_label
from yui.governance.statistics.policies import may_keep
from yui.governance.statistics.queries.observations import current_values, revisions_of, ward_lines
from yui.governance.statistics.views.access import visible_series
from yui.governance.statistics.words import observation_text
from yui.kernel.calendar_jp import today
from yui.kernel.exchange.export import Sheet, csv_stream, write_xlsx
from yui.kernel.exchange.operations.record_export import record_export
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.downloads import FORMATS
from yui.kernel.ui.asking import actor_of

DAYS_SHOWN = 366


@login_required
@require_safe
def series_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a series; ``?ward=`` says which ward is set beside the others, by default the reader's."""
    actor = actor_of(request)
    series = visible_series(request, code)
    since = shown_since(series)
    lines = ward_lines(actor, series, since)
    ward = asked_ward(request)
    context = {
        "series": series,
        "ward": ward,
        "wards": [(each, area_name(each)) for each in WARD_CODES],
        "chart": comparison_chart(series, lines, ward) if lines.days else None,
        "map": ward_map(series, lines),
        "since": since,
        "revisions": [_revision(series, each) for each in revisions_of(actor, series)],
        "may_keep": may_keep(actor, series.source),
        "formats": tuple(FORMATS) if lines.days and _exporting(request) else (),
    }
    return render(request, "statistics/series.html", context)


@login_required
@require_safe
def series_file(request: HttpRequest, code: str, file_format: str) -> HttpResponseBase:
    """Send every current figure of a series, each with its source, as CSV or XLSX."""
    if file_format not in FORMATS:
        raise Http404
    actor = actor_of(request)
    series = visible_series(request, code)
    organisation = _exporting(request)
    if organisation is None:
        raise PermissionRefused(actor, Verb.EXPORT)
    found = current_values(actor, series)
    record_export(actor, organisation, f"statistics.{series.code}", found.count(), file_format=file_format)
    rows = export_rows(series, found.iterator(chunk_size=2000))
    response: FileResponse | StreamingHttpResponse
    if file_format == "xlsx":
        target = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it after sending
        write_xlsx(target, [Sheet(series.code, COLUMNS, rows)])
        target.seek(0)
        response = FileResponse(target)
    else:
        response = StreamingHttpResponse(csv_stream([column.title for column in COLUMNS], rows))
    response["Content-Type"] = FORMATS[file_format]
    name = f"{series.code}_{today():%Y%m%d}.{file_format}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def shown_since(series: Series) -> date | None:
    """Return the day from which a daily series is drawn, so that it stays readable; None for all others."""
    latest_on: date | None = series.latest_on  # type: ignore[attr-defined]
    if series.frequency != Frequency.DAY or latest_on is None:
        return None
    return latest_on - timedelta(days=DAYS_SHOWN - 1)


def asked_ward(request: HttpRequest) -> str | None:
    """Return the ward that the address names, else the reader's first one; None for neither."""
    asked = request.GET.get("ward")
    if asked in WARD_CODES:
        return asked
    if asked is not None:
        return None
    own = (membership.organisation_code for membership in actor_of(request).memberships)
    return next((code for code in own if code in WARD_CODES), None)


def _exporting(request: HttpRequest) -> Organisation | None:
    """Return the organisation in whose name the reader takes files away, if there is one."""
    allowed = actor_of(request).organisation_ids_with(Verb.EXPORT)
    return Organisation.objects.filter(pk__in=allowed).first()


def _revision(series: Series, former: Observation) -> dict[str, str | Observation]:
    """Return what the list of revisions shows."""
    following = former.superseded_by or former
    return {
        "area": area_name(former.area_code),
        "period": period_label(former.starts_on, series.frequency),
        "before": observation_text(former, series.decimals, series.unit),
        "after": observation_text(following, series.decimals, series.unit),
        "former": former,
        "following": following,
    }
