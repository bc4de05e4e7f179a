"""Addresses of the costs room."""

from django.urls import path

from yui.transition.costs.views.anomalies import anomalies
from yui.transition.costs.views.anomaly import acknowledge, anomaly, explain
from yui.transition.costs.views.bill import bill, withdraw
from yui.transition.costs.views.bills import bills
from yui.transition.costs.views.expenditure import expenditure
from yui.transition.costs.views.importing import apply, start
from yui.transition.costs.views.lines import lines_of_cell
from yui.transition.costs.views.mappings import mappings, remove_mapping
from yui.transition.costs.views.outlook import outlook, renew_outlook
from yui.transition.costs.views.outlook_export import outlook_export
from yui.transition.costs.views.outlook_system import outlook_system
from yui.transition.costs.views.overview import export, overview
from yui.transition.costs.views.rates import rates

app_name = "costs"
prefix = "costs/"
urlpatterns = [
    path("", overview, name="overview"),
    path("export.<slug:file_format>", export, name="export"),
    path("lines/", lines_of_cell, name="lines"),
    path("outlook/", outlook, name="outlook"),
    path("outlook/renew/", renew_outlook, name="outlook-renew"),
    path("outlook/system/", outlook_system, name="outlook-system"),
    path("outlook/export.<slug:file_format>", outlook_export, name="outlook-export"),
    path("anomalies/", anomalies, name="anomalies"),
    path("anomalies/<int:pk>/", anomaly, name="anomaly"),
    path("anomalies/<int:pk>/acknowledge/", acknowledge, name="anomaly-acknowledge"),
    path("anomalies/<int:pk>/explain/", explain, name="anomaly-explain"),
    path("bills/", bills, name="bills"),
    path("bills/<int:pk>/", bill, name="bill"),
    path("bills/<int:pk>/withdraw/", withdraw, name="withdraw"),
    path("import/", start, name="import"),
    path("import/apply/", apply, name="import-apply"),
    path("expenditure/", expenditure, name="expenditure"),
    path("rates/", rates, name="rates"),
    path("mappings/", mappings, name="mappings"),
    path("mappings/<int:pk>/remove/", remove_mapping, name="mapping-remove"),
]
