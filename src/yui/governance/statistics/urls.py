"""Addresses of the statistics."""

from django.urls import path

from yui.governance.statistics.views.series import series_page
from yui.governance.statistics.views.series_list import series_list
from yui.governance.statistics.views.sources import source_page

app_name = "statistics"
prefix = "statistics/"
urlpatterns = [
    path("", series_list, name="series-list"),
    path("series/<str:code>/", series_page, name="series"),
    path("sources/<int:pk>/", source_page, name="source"),
]
