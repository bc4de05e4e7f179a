"""検索: one search for the whole house."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.kernel.search.public import search, suggest


@login_required
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Show the records that match, with facets to narrow them."""
    text = request.GET.get("q", "")
    page = request.GET.get("page", "1")
    results = search(
        request.actor,  # type: ignore[attr-defined]
        text,
        kinds=request.GET.getlist("kind"),
        organisations=request.GET.getlist("ward"),
        pillars=request.GET.getlist("pillar"),
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )
    keep = request.GET.copy()
    keep.pop("page", None)
    facets = (("kind", results.kinds), ("ward", results.organisations), ("pillar", results.pillars))
    return render(
        request,
        "portal/search.html",
        {"text": text, "results": results, "facets": facets, "query": keep.urlencode()},
    )


@login_required
@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Return records whose title begins with what is typed."""
    found = suggest(request.actor, request.GET.get("q", ""))  # type: ignore[attr-defined]
    return JsonResponse(
        {"suggestions": [{"title": s.title, "kind": str(s.kind_title), "url": s.url} for s in found]}
    )
