"""The rules of the commons."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_required
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show how one writes here."""
    return render(request, "commons/rules.html")
