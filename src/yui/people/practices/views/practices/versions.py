"""版: the versions of a practice, one of them, and what changed between two."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yui.kernel.ui.asking import actor_of, visible_or_404
from yui.people.practices.models import Practice, PracticeVersion
from yui.people.practices.queries.practices.comparing import changes_between
from yui.people.practices.queries.practices.reading import effects_of, sections_of
from yui.people.practices.views.practices.access import visible_practice
from yui.people.practices.views.practices.page import practice_page


def versions_of(request: HttpRequest, practice: Practice) -> Any:
    """Return the versions that the reader sees, the newest first."""
    versions = PracticeVersion.objects.visible_to(actor_of(request)).filter(practice=practice)
    return versions.select_related("made_by", "reviewed_by", "reviewing_ward", "practice")


@login_required
@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """List the versions."""
    found = visible_practice(request, pk)
    return practice_page(request, found, "versions.html", {"versions": versions_of(request, found)})


@login_required
@require_safe
def version(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Show one version as it was, and what changed since the one before."""
    found, actor = visible_practice(request, pk), actor_of(request)
    all_versions = list(versions_of(request, found))
    shown: PracticeVersion = visible_or_404(versions_of(request, found), pk=key)
    older = next(
        (each for each in all_versions if (each.number, each.correction) < (shown.number, shown.correction)),
        None,
    )
    context = {
        "version": shown,
        "older": older,
        "changes": changes_between(older, shown) if older else [],
        "sections": [section for section in sections_of(shown) if section.text.strip()],
        "effects": effects_of(actor, shown),
        "older_effects": effects_of(actor, older) if older else (),
    }
    return practice_page(request, found, "version.html", context)
