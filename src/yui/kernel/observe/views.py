"""The pages that machines read."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

import yui
from yui.kernel.observe.callers import is_trusted_caller
from yui.kernel.observe.figures import exposition
from yui.kernel.observe.health import ALL_PARTS, WEB_PARTS, Part, examine


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Show every metric to a program on this machine or one with the token."""
    if not is_trusted_caller(request):
        return HttpResponse(
            "metrics: send the token\n", status=HTTPStatus.FORBIDDEN, content_type="text/plain"
        )
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Tell whether everything is well: 200 or 503."""
    return _health(request, ALL_PARTS)


@require_safe
@never_cache
def healthz_web(request: HttpRequest) -> HttpResponse:
    """Tell whether pages can be served: what a load balancer should ask."""
    return _health(request, WEB_PARTS)


def _health(request: HttpRequest, parts: tuple[Callable[[], Part], ...]) -> JsonResponse:
    found = examine(parts)
    is_well = all(part.is_well for part in found)
    is_trusted = is_trusted_caller(request)
    told: dict[str, Any] = {"status": "ok" if is_well else "failing", "parts": {}}
    if is_trusted:
        told["version"] = yui.__version__
    for part in found:
        told["parts"][part.name] = {"ok": part.is_well, **({"detail": part.detail} if is_trusted else {})}
    return JsonResponse(told, status=HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE)
