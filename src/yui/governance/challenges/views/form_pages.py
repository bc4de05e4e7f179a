"""Pages of one form: what every form of the room does when it is sent."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.governance.challenges.models import Challenge, Initiative
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import attempt


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str,
    organisation: Organisation,
    save: Callable[[], Any],
    said: str,
    leads_to: Callable[[Any], str],
    back: Challenge | Initiative | None = None,
    **shown: Any,
) -> HttpResponse:
    """Show a form; when it is sent, run the operation and go on.

    Args:
        request: the reader's.
        form: as it was sent, or as it begins.
        title: the page's heading.
        organisation: in whose name is written.
        save: runs the operation and returns the record.
        said: what the reader is told when it is done.
        leads_to: the address where he goes on, given the record.
        back: the record that the page belongs to; None for a new one.
        shown: what else the page shows.
    """
    if request.method == "POST":
        done, record = attempt(form, save)
        if done:
            messages.success(request, said)
            return redirect(leads_to(record))
    context = {"form": form, "form_title": title, "organisation": organisation, "back": back, **shown}
    return render(request, "challenges/form.html", context, status=422 if form.errors else 200)
