"""What every page of the room asks first: who reads, and which record."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from yui.governance.statistics.errors import SeriesUnknown
from yui.governance.statistics.models import Series, Source
from yui.governance.statistics.queries.series import series_named
from yui.governance.statistics.queries.sources import sources_for
from yui.kernel.policy import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Return who reads."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def visible_series(request: HttpRequest, code: str) -> Series:
    """Return a series, or answer 404: one that the reader may not see does not exist for him."""
    try:
        return series_named(actor_of(request), code)
    except SeriesUnknown as error:
        raise Http404(str(error)) from error


def visible_source(request: HttpRequest, pk: int) -> Source:
    """Return a source, or answer 404."""
    found: Source = get_object_or_404(sources_for(actor_of(request)), pk=pk)
    return found
