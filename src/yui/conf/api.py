"""The HTTP API, version 1: one router per room, found by name."""

from ninja import NinjaAPI
from ninja.security import django_auth

from yui.conf.rooms import modules_named


def build_api() -> NinjaAPI:
    """Return the API with the router of each room that has an ``api.py``."""
    built = NinjaAPI(title="Yui", version="1", auth=django_auth, docs_url=None, urls_namespace="api")
    for app, module in modules_named("api"):
        if app.name != "yui.conf":
            built.add_router("", module.router, tags=[app.label])
    return built


api = build_api()
