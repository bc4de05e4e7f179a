"""Addresses of the indicators."""

from django.urls import path

from yui.governance.indicators.views.indicator import indicator
from yui.governance.indicators.views.measures import measures
from yui.governance.indicators.views.records import records
from yui.governance.indicators.views.report import report, report_file
from yui.governance.indicators.views.tree import tree

app_name = "indicators"
prefix = "indicators/"
urlpatterns = [
    path("", tree, name="tree"),
    path("measures/", measures, name="measures"),
    path("report/", report, name="report"),
    path("report/<str:month>.<str:file_format>", report_file, name="report-file"),
    path("<slug:slug>/", indicator, name="indicator"),
    path("<slug:slug>/records/", records, name="records"),
]
