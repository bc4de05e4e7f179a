"""このシステムについて: version and licence."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui import __version__


@login_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say which version runs and where its papers are."""
    return render(request, "portal/about.html", {"version": __version__})
