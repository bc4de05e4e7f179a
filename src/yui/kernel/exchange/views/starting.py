"""From the list of imports to a file on its way in."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from yui.kernel.exchange.blank import blank_table, how_to_write
from yui.kernel.exchange.errors import ExchangeError, UnknownImporter
from yui.kernel.exchange.importers import Importer, all_importers, importer_named
from yui.kernel.exchange.models import ImportRun
from yui.kernel.exchange.operations import hand_over, preview_run, upload_file
from yui.kernel.exchange.operations.hand_over import FOREGROUND_BYTES
from yui.kernel.exchange.views.forms import UploadForm, importing_organisations
from yui.kernel.policy import Actor, PermissionRefused

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def _importer_or_404(code: str) -> Importer:
    """Return the importer that the address names."""
    try:
        return importer_named(code)
    except UnknownImporter as error:
        raise Http404 from error


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show what can be taken in, and what was."""
    actor = _actor(request)
    runs = ImportRun.objects.visible_to(actor).select_related("organisation")
    light = runs.defer("preview", "errors", "columns", "notes", "unknown_columns")
    importers = [one for one in all_importers() if actor.organisation_ids_with(one.verb)]
    page = Paginator(light, 50).get_page(request.GET.get("page"))
    return render(request, "exchange/index.html", {"page": page, "importers": importers})


@login_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, importer: str) -> HttpResponse:
    """Explain the columns and take a file; a small one is read at once, a large one by a worker."""
    known = _importer_or_404(importer)
    actor = _actor(request)
    if not importing_organisations(actor, known):
        raise PermissionRefused(actor, known.verb)
    form = UploadForm(actor, known, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            run = upload_file(
                actor,
                organisation=form.cleaned_data["organisation"],
                importer=known.code,
                source=upload,
                name=upload.name,
                sheet=form.cleaned_data["sheet"],
            )
        except ExchangeError as error:
            form.add_error("file", str(error))
        else:
            if run.size <= FOREGROUND_BYTES:
                preview_run(actor, run.pk)
            else:
                hand_over(actor, run=run, kind="exchange.preview")
            return redirect(run)
    columns = [{"column": column, "how": how_to_write(column)} for column in known.columns]
    status = 422 if form.errors else 200
    context = {"importer": known, "form": form, "columns": columns}
    return render(request, "exchange/start.html", context, status=status)


@login_required
@require_GET
def blank(request: HttpRequest, importer: str, file_format: str) -> HttpResponse:
    """Return an empty table with the importer's headings."""
    known = _importer_or_404(importer)
    if file_format not in CONTENT_TYPES or not _actor(request).organisation_ids_with(known.verb):
        raise Http404
    response = HttpResponse(blank_table(known, file_format), content_type=CONTENT_TYPES[file_format])
    name = f"{known.title}.{file_format}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
