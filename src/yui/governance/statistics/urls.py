"""Addresses of the statistics."""

from django.urls import path

from yui.governance.statistics.views.intakes import intake_page, load_file
from yui.governance.statistics.views.series import series_file, series_page
from yui.governance.statistics.views.series_list import series_list
from yui.governance.statistics.views.sources import (
    edit_series,
    edit_source,
    new_source,
    source_list,
    source_page,
)

app_name = "statistics"
prefix = "statistics/"
urlpatterns = [
    path("", series_list, name="series-list"),
    path("series/<str:code>/", series_page, name="series"),
    path("series/<str:code>/edit/", edit_series, name="series-edit"),
    path("series/<str:code>/values.<str:file_format>", series_file, name="series-file"),
    path("sources/", source_list, name="sources"),
    path("sources/new/", new_source, name="source-new"),
    path("sources/<int:pk>/", source_page, name="source"),
    path("sources/<int:pk>/edit/", edit_source, name="source-edit"),
    path("sources/<int:pk>/load/", load_file, name="load"),
    path("intakes/<int:pk>/", intake_page, name="intake"),
]
