"""測る値: every registered measure, and which indicator reads it."""

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.governance.indicators import words
from yui.governance.indicators.tree import tree
from yui.kernel.measures.registry import measures as registered


@login_required
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """List the measures by code, and the indicators whose room does not measure yet."""
    known = registered()
    rooms = {app.label: app.verbose_name for app in apps.get_app_configs()}
    readers = {indicator.measure: indicator for indicator in tree().indicators}
    rows = [
        {
            "code": code,
            "title": definition.title,
            "unit": words.unit_text(definition.unit),
            "purpose": definition.purpose,
            "room": rooms.get(code.split(".")[0], code.split(".")[0]),
            "indicator": readers.get(code),
        }
        for code, definition in known.items()
    ]
    context = {
        "rows": rows,
        "waiting": [indicator for indicator in tree().indicators if indicator.measure not in known],
    }
    return render(request, "indicators/measures.html", context)
