"""Addresses of imports."""

from django.urls import path

from yui.kernel.exchange.views import runs, starting

app_name = "exchange"
prefix = "imports/"
urlpatterns = [
    path("", starting.index, name="index"),
    path("<int:pk>/", runs.show, name="run"),
    path("<int:pk>/apply/", runs.apply, name="apply"),
    path("<int:pk>/cancel/", runs.cancel, name="cancel"),
    path("<int:pk>/errors.csv", runs.errors, name="errors"),
    path("<str:importer>/new/", starting.start, name="new"),
    path("<str:importer>/blank.<str:file_format>", starting.blank, name="blank"),
]
