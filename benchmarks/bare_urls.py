"""Yui's addresses, and a view that writes 50 rows with a template loop and nothing around them."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from yui.conf.urls import handler400, handler403, handler404, handler500
from yui.conf.urls import urlpatterns as yui_urlpatterns
from yui.registry.queries.systems import systems_for

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

ROWS = 50
PAGE = """<!doctype html><html lang="ja"><title>bare</title><table>{% for system in systems %}<tr>
<td><a href="{{ system.get_absolute_url }}">{{ system.name }}</a></td><td>{{ system.organisation.name }}</td>
<td>{{ system.code }}</td><td>{{ system.department.name }}</td><td>{{ system.vendor.name }}</td>
<td>{{ system.get_hosting_display }}</td><td>{{ system.get_network_zone_display }}</td>
<td>{{ system.get_status_display }}</td></tr>{% endfor %}</table></html>"""


@cache
def _template() -> Any:
    return engines["django"].from_string(PAGE)


def bare(request: HttpRequest) -> HttpResponse:
    """Write the rows that the list page shows first."""
    systems = systems_for(request.actor)[:ROWS]  # type: ignore[attr-defined]
    return HttpResponse(_template().render({"systems": systems}, request))


urlpatterns = [path("bare/", bare), *yui_urlpatterns]
