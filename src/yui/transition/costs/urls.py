"""Addresses of the costs room."""

from django.urls import path

from yui.transition.costs.views.bill import bill, withdraw
from yui.transition.costs.views.bills import bills
from yui.transition.costs.views.expenditure import expenditure
from yui.transition.costs.views.importing import start
from yui.transition.costs.views.intake import apply, cancel, show
from yui.transition.costs.views.lines import lines_of_cell
from yui.transition.costs.views.mappings import mappings, remove_mapping
from yui.transition.costs.views.overview import export, overview
from yui.transition.costs.views.rates import rates

app_name = "costs"
prefix = "costs/"
urlpatterns = [
    path("", overview, name="overview"),
    path("export.<slug:file_format>", export, name="export"),
    path("lines/", lines_of_cell, name="lines"),
    path("bills/", bills, name="bills"),
    path("bills/<int:pk>/", bill, name="bill"),
    path("bills/<int:pk>/withdraw/", withdraw, name="withdraw"),
    path("import/", start, name="import"),
    path("import/<int:pk>/", show, name="intake"),
    path("import/<int:pk>/apply/", apply, name="intake-apply"),
    path("import/<int:pk>/cancel/", cancel, name="intake-cancel"),
    path("expenditure/", expenditure, name="expenditure"),
    path("rates/", rates, name="rates"),
    path("mappings/", mappings, name="mappings"),
    path("mappings/<int:pk>/remove/", remove_mapping, name="mapping-remove"),
]
