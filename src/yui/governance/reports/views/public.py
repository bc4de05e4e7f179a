"""公表した報告書: pages without sign-in. They read public editions and nothing else."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import override
from django.views.decorators.http import condition, require_safe

from yui.governance.reports.engine.content import LANGUAGES
from yui.governance.reports.queries.reports import (
    content_of,
    public_edition,
    public_file,
    public_files,
    public_reports,
)
from yui.governance.reports.shown import shown
from yui.governance.reports.views.access import content_language
from yui.governance.reports.views.report import file_response

PAGE_SECONDS = 300
FILE_SECONDS = 3600

View = Callable[..., HttpResponse]


def _in_asked_language(view: View) -> View:
    """Draw a page in the language that the address names (``?lang=en``), so that pages can be kept by it."""

    @wraps(view)
    def drawn(request: HttpRequest, **parts: object) -> HttpResponse:
        asked = request.GET.get("lang", "")
        with override(asked if asked in LANGUAGES else content_language()):
            response = view(request, **parts)
        patch_cache_control(response, public=True, max_age=PAGE_SECONDS)
        return response

    return drawn


@require_safe
@_in_asked_language
def public(request: HttpRequest) -> HttpResponse:
    """Show the published reports."""
    context = {"reports": public_reports(), "lang": content_language()}
    return render(request, "reports/public_list.html", context)


@require_safe
@_in_asked_language
def public_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one published report; any other key answers 404."""
    edition = public_edition(pk)
    if edition is None:
        raise Http404
    language = content_language()
    context = {
        "shown": shown(content_of(edition), language),
        "edition": edition,
        "files": public_files(edition, language),
        "lang": language,
    }
    return render(request, "reports/public_report.html", context)


def _etag(request: HttpRequest, pk: int, language: str, file_format: str) -> str | None:
    """Return the hash of a kept file, by which a browser asks whether it has it already."""
    found = public_file(pk, language, file_format)
    return f'"{found.sha256}"' if found else None


@require_safe
@condition(etag_func=_etag)
def public_report_file(request: HttpRequest, pk: int, language: str, file_format: str) -> HttpResponse:
    """Send a kept file of a published report; nothing is made for a visitor."""
    found = public_file(pk, language, file_format)
    if found is None:
        raise Http404
    response = file_response(found)
    patch_cache_control(response, public=True, max_age=FILE_SECONDS)
    return response
