"""現状データ: the four views in one glance."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.governance.overview.panels.views import headlines
from yui.governance.overview.views.asking import asked, kinds_with_addresses


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show each view in one figure, with its course and its date."""
    question = asked(request)
    found = headlines(question)
    kinds = kinds_with_addresses()
    context = {
        "asked": question,
        "kinds": kinds,
        "index_is_current": True,
        "views": [(kind, found[kind.code]) for kind in kinds],
    }
    return render(request, "overview/index.html", context)
