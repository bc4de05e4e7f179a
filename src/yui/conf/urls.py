"""Addresses: each room's ``urls.py`` under its own prefix, and the API."""

from django.urls import URLPattern, URLResolver, include, path

from yui.conf.api import api
from yui.conf.rooms import modules_named


def _room_patterns() -> list[URLResolver]:
    """Include every room's addresses; a room names its prefix as ``prefix`` in its ``urls.py``."""
    return [
        path(module.prefix, include(module))
        for app, module in modules_named("urls")
        if app.name != "yui.conf"
    ]


urlpatterns: list[URLPattern | URLResolver] = [path("api/v1/", api.urls), *_room_patterns()]

handler400 = "yui.kernel.ui.errors.bad_request"
handler403 = "yui.kernel.ui.errors.forbidden"
handler404 = "yui.kernel.ui.errors.not_found"
handler500 = "yui.kernel.ui.errors.server_error"
