"""Pages of the SOC's hunting."""

from django.urls import path
from django.urls.resolvers import URLPattern

from yui.security.soc.views.hunting.downloads import hunting_export
from yui.security.soc.views.hunting.event import event
from yui.security.soc.views.hunting.page import hunting

urlpatterns: list[URLPattern] = [
    path("hunting/", hunting, name="hunting"),
    path("hunting/export.<slug:file_format>", hunting_export, name="hunting-export"),
    path("hunting/events/<slug:ward>/<slug:event_id>/", event, name="event"),
]
