"""Pages of the SOC's hunting."""

from django.urls import path
from django.urls.resolvers import URLPattern

from yui.security.soc.views.hunting.downloads import hunting_export
from yui.security.soc.views.hunting.event import event
from yui.security.soc.views.hunting.page import hunting
from yui.security.soc.views.hunting.saved import hunt, hunt_edit, hunt_new, hunt_remove, hunts

urlpatterns: list[URLPattern] = [
    path("hunting/", hunting, name="hunting"),
    path("hunting/export.<slug:file_format>", hunting_export, name="hunting-export"),
    path("hunting/events/<slug:ward>/<slug:event_id>/", event, name="event"),
    path("hunting/saved/", hunts, name="saved-hunts"),
    path("hunting/saved/new/", hunt_new, name="saved-hunt-new"),
    path("hunting/saved/<int:pk>/", hunt, name="saved-hunt"),
    path("hunting/saved/<int:pk>/edit/", hunt_edit, name="saved-hunt-edit"),
    path("hunting/saved/<int:pk>/remove/", hunt_remove, name="saved-hunt-remove"),
]
