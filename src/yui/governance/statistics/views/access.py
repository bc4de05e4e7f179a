"""What every page of the room asks first: who reads, and which record."""

from collections.abc import Callable
from typing import TypeVar

from django.forms import BaseForm
from django.http import Http404, HttpRequest

from yui.governance.statistics.errors import SeriesUnknown
from yui.governance.statistics.models import Intake, Series, Source
from yui.governance.statistics.policies import may_keep, may_load
from yui.governance.statistics.queries.series import series_named
from yui.governance.statistics.queries.sources import sources_for
from yui.kernel.exchange.errors import ExchangeError
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.ui.asking import actor_of, attempt, visible_or_404

R = TypeVar("R")


def visible_series(request: HttpRequest, code: str) -> Series:
    """Return a series, or answer 404: one that the reader may not see does not exist for him."""
    try:
        return series_named(actor_of(request), code)
    except SeriesUnknown as error:
        raise Http404(str(error)) from error


def visible_source(request: HttpRequest, pk: int) -> Source:
    """Return a source, or answer 404."""
    found: Source = visible_or_404(sources_for(actor_of(request)), pk=pk)
    return found


def visible_intake(request: HttpRequest, pk: int) -> Intake:
    """Return a file that was taken in, or answer 404."""
    found = Intake.objects.visible_to(actor_of(request)).select_related("source__organisation")
    intake: Intake = visible_or_404(found, pk=pk)
    return intake


def require_keep(request: HttpRequest, source: Source) -> None:
    """Answer 403 to whoever sees the source but may not keep it."""
    if not may_keep(actor_of(request), source):
        raise PermissionRefused(actor_of(request), Verb.EDIT)


def require_load(request: HttpRequest, source: Source) -> None:
    """Answer 403 to whoever sees the source but may not load files of it."""
    if not may_load(actor_of(request), source):
        raise PermissionRefused(actor_of(request), Verb.IMPORT)


def attempt_file(form: BaseForm, call: Callable[[], R]) -> R | None:
    """Run an operation on a file for a valid form; None where the form is wrong or the operation refuses.

    What is refused, also of the file itself, is shown in the form.
    """
    try:
        return attempt(form, call)[1]
    except ExchangeError as error:
        form.add_error("file" if "file" in form.fields else None, str(error))
        return None
