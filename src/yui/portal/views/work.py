"""わたしの仕事: everything that waits for the reader."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.portal.queries.needs import needs


@login_required
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """List what to do, the most pressing first."""
    return render(request, "portal/work.html", {"needs": needs(request.actor)})  # type: ignore[attr-defined]
