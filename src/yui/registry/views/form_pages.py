"""Pages of one form: what happens when a new record is sent in, and when a known one is changed."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of, attempt
from yui.registry.forms import OfSystemForm


class HasPage(Protocol):
    """A record with a page of its own."""

    def get_absolute_url(self) -> str:
        """Return the address of the page."""


F = TypeVar("F", bound=OfSystemForm)


def add_page(
    request: HttpRequest,
    form: BaseForm,
    template: str,
    *,
    organisation: Organisation,
    add: Callable[[], Any],
    said: Callable[[Any], str],
    leads_to: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Show the form of a new record; when it is sent, add the record and say so.

    Args:
        request: the reader's.
        form: as it was sent, or empty.
        template: the page.
        organisation: into whose ledger the record goes.
        add: runs the operation and returns the record.
        said: what the reader is told of the new record.
        leads_to: the address where he goes on; the record's own page unless given.
    """
    if request.method == "POST":
        done, record = attempt(form, add)
        if done and record is not None:
            messages.success(request, said(record))
            return redirect(leads_to(record) if leads_to else record.get_absolute_url())
    return _page(request, form, template, {"organisation": organisation})


def change_page(
    request: HttpRequest,
    form: BaseForm,
    template: str,
    *,
    organisation: Organisation,
    shown: tuple[str, HasPage],
    update: Callable[[], bool],
    again: Callable[[], HasPage],
) -> HttpResponse:
    """Show the form of a known record; when it is sent, change the record and tell whether anything changed.

    Args:
        request: the reader's.
        form: as it was sent, or filled with the record.
        template: the page.
        organisation: whose ledger it is.
        shown: what the page calls the record, and the record.
        update: runs the operation.
        again: reads the record as stored; a form that was refused has changed the one that it was given.
    """
    name, record = shown
    if request.method == "POST":
        done, changed = attempt(form, update)
        if done:
            messages.success(request, _("更新しました。") if changed else _("変わったところはありません。"))
            return redirect(record.get_absolute_url())
        record = again()
    return _page(request, form, template, {"organisation": organisation, name: record})


def part_form(request: HttpRequest, kind: type[F], organisation: Organisation, **initial: Any) -> F:
    """Return the form of a new part of a system (a change, an outage …); ``?system=`` names the system."""
    return kind(
        request.POST or None,
        actor=actor_of(request),
        organisation=organisation,
        initial={"system": request.GET.get("system"), **initial},
    )


def _page(request: HttpRequest, form: BaseForm, template: str, shown: dict[str, Any]) -> HttpResponse:
    return render(request, template, {"form": form, **shown}, status=422 if form.errors else 200)
