"""The preview of a text that is being written; nothing is kept."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from yui.kernel.writing.rendering import render as rendered


@login_required
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Show the text of the form's field that ``preview_field`` names, as a page or as a part of one."""
    text = request.POST.get(request.POST.get("preview_field", ""), "")
    template = "writing/_preview.html" if request.headers.get("HX-Request") else "writing/preview.html"
    return render(request, template, {"text": text, "shown": rendered(text)})
