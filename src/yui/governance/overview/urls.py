"""Addresses of the present state."""

from django.urls import path

from yui.governance.overview.views.index import index
from yui.governance.overview.views.records import records
from yui.governance.overview.views.view import panel_file, view

app_name = "overview"
prefix = "overview/"
urlpatterns = [
    path("", index, name="index"),
    path("migration/", view, {"code": "migration"}, name="migration"),
    path("costs/", view, {"code": "costs"}, name="costs"),
    path("threats/", view, {"code": "threats"}, name="threats"),
    path("people/", view, {"code": "people"}, name="people"),
    path("records/<str:code>/", records, name="records"),
    path("<slug:view>/<str:panel>.<slug:file_format>", panel_file, name="panel-file"),
]
