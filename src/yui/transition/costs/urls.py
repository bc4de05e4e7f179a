"""Addresses of the costs room."""

from django.urls import path

from yui.transition.costs.views.bill import bill, withdraw
from yui.transition.costs.views.bills import bills
from yui.transition.costs.views.expenditure import expenditure
from yui.transition.costs.views.importing import apply, start
from yui.transition.costs.views.lines import lines_of_cell
from yui.transition.costs.views.mappings import mappings, remove_mapping
from yui.transition.costs.views.overview import export, overview
from yui.transition.costs.views.rates import rates
from yui.transition.costs.views.reconciliation import (
    reconciliation,
    reconciliation_export,
    reconciliation_lines,
    remove_invoice_total,
)

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
    path("import/apply/", apply, name="import-apply"),
    path("reconciliation/", reconciliation, name="reconciliation"),
    path("reconciliation/lines/", reconciliation_lines, name="reconciliation-lines"),
    path("reconciliation/export.<slug:file_format>", reconciliation_export, name="reconciliation-export"),
    path("reconciliation/invoices/<int:pk>/remove/", remove_invoice_total, name="invoice-remove"),
    path("expenditure/", expenditure, name="expenditure"),
    path("rates/", rates, name="rates"),
    path("mappings/", mappings, name="mappings"),
    path("mappings/<int:pk>/remove/", remove_mapping, name="mapping-remove"),
]
