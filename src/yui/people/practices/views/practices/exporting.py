"""書き出し: all practices of a ward as a JSON file."""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import today
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.people.practices.operations.practices import export_practices


@login_required
@require_safe
def export(request: HttpRequest, code: str) -> HttpResponse:
    """Send the file."""
    ward = get_object_or_404(Organisation.objects.active(), code=code)
    content = export_practices(actor_of(request), ward=ward)
    text = json.dumps(content, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"{ward.name_ja}_グッドプラクティス_{today():%Y%m%d}.json"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
