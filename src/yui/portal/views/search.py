"""検索: one search for the whole house."""

from dataclasses import replace
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.search.public import Recency, search, suggest
from yui.kernel.ui.navigation import PILLAR_SIGNS, PILLAR_TITLES


@login_required
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Show the records that match, with facets to narrow them; the address holds all that is chosen."""
    asked = request.GET
    text, page, recency = asked.get("q", ""), asked.get("page", "1"), asked.get("period", "")
    since, until = _day(asked.get("from", "")), _day(asked.get("to", ""))
    results = search(
        request.actor,  # type: ignore[attr-defined]
        text,
        kinds=asked.getlist("kind"),
        organisations=asked.getlist("ward"),
        pillars=asked.getlist("pillar"),
        tags=asked.getlist("tag"),
        recency=recency,
        since=since,
        until=until,
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )
    keep = asked.copy()
    keep.pop("page", None)
    facets = (
        ("kind", _("種類"), results.kinds),
        ("ward", _("区"), results.organisations),
        ("pillar", _("支援策"), [replace(one, title=_pillar_title(one.code)) for one in results.pillars]),
        ("tag", _("タグ"), results.tags),
    )
    shown = {
        "text": text,
        "results": results,
        "facets": facets,
        "query": keep.urlencode(),
        "recency": recency if recency in Recency.values else "",
        "since": since,
        "until": until,
        "is_narrowed": any(name != "q" and any(asked.getlist(name)) for name in keep),
    }
    return render(request, "portal/search.html", shown)


def _pillar_title(code: str) -> str:
    """Return the sign and name of a pillar by its number; the code itself where it is none."""
    number = int(code) if code.isascii() and code.isdecimal() else None
    return f"{PILLAR_SIGNS[number]} {PILLAR_TITLES[number]}" if number in PILLAR_TITLES else code


def _day(text: str) -> date | None:
    """Return the day of a date field; None for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@login_required
@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Return records whose title begins with what is typed."""
    found = suggest(request.actor, request.GET.get("q", ""))  # type: ignore[attr-defined]
    return JsonResponse(
        {"suggestions": [{"title": s.title, "kind": str(s.kind_title), "url": s.url} for s in found]}
    )
