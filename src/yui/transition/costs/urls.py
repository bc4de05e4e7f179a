"""Addresses of the costs room."""

from django.urls import path

from yui.transition.costs.views.allocation_rule import edit_rule, new_rule, rule
from yui.transition.costs.views.allocation_version import edit_version, new_version, step, version
from yui.transition.costs.views.allocations import rules, share, shares, shares_as_focus
from yui.transition.costs.views.anomalies import anomalies
from yui.transition.costs.views.anomaly import acknowledge, anomaly, explain
from yui.transition.costs.views.basis import account_uses, residents, usage
from yui.transition.costs.views.behind import behind
from yui.transition.costs.views.bill import bill, withdraw
from yui.transition.costs.views.bills import bills
from yui.transition.costs.views.bridge import bridge_export, bridge_page
from yui.transition.costs.views.bridge_items import bridge_item, bridge_items
from yui.transition.costs.views.budget import budget, budget_export
from yui.transition.costs.views.budget_lines import budget_add, budget_edit, budget_lines, budget_remove
from yui.transition.costs.views.business import business, business_export, business_lines
from yui.transition.costs.views.commitments import commitments, commitments_export
from yui.transition.costs.views.definitions import approve, definitions
from yui.transition.costs.views.expenditure import expenditure
from yui.transition.costs.views.focus_check import export as export_focus_check
from yui.transition.costs.views.focus_check import result as focus_check_result
from yui.transition.costs.views.focus_check import start as focus_check
from yui.transition.costs.views.importing import start
from yui.transition.costs.views.intake import apply, cancel, show
from yui.transition.costs.views.lines import lines_of_cell
from yui.transition.costs.views.mappings import mappings, remove_mapping
from yui.transition.costs.views.multipliers import multipliers, multipliers_export
from yui.transition.costs.views.outlook import outlook, renew_outlook
from yui.transition.costs.views.outlook_export import outlook_export
from yui.transition.costs.views.outlook_system import outlook_system
from yui.transition.costs.views.overview import export, overview
from yui.transition.costs.views.petition_writing import petition_edit, petition_new
from yui.transition.costs.views.petitions import (
    petition,
    petition_file,
    petition_finalise,
    petition_preview,
    petitions,
)
from yui.transition.costs.views.rates import rates
from yui.transition.costs.views.ratio import ratio, ratio_export
from yui.transition.costs.views.reconciliation import (
    reconciliation,
    reconciliation_export,
    reconciliation_lines,
    remove_invoice_total,
)
from yui.transition.costs.views.unit_costs import unit_costs, unit_costs_export
from yui.transition.costs.views.whatif import whatif_export, whatif_page

app_name = "costs"
prefix = "costs/"
urlpatterns = [
    path("", overview, name="overview"),
    path("export.<slug:file_format>", export, name="export"),
    path("lines/", lines_of_cell, name="lines"),
    path("bridge/", bridge_page, name="bridge"),
    path("bridge/item/", bridge_item, name="bridge-item"),
    path("bridge/reasons/<slug:effect>/", bridge_items, name="bridge-items"),
    path("bridge/export.<slug:file_format>", bridge_export, name="bridge-export"),
    path("whatif/", whatif_page, name="whatif"),
    path("whatif/export.<slug:file_format>", whatif_export, name="whatif-export"),
    path("budget/", budget, name="budget"),
    path("budget/export.<slug:file_format>", budget_export, name="budget-export"),
    path("budget/lines/", budget_lines, name="budget-lines"),
    path("budget/lines/add/", budget_add, name="budget-add"),
    path("budget/lines/<int:pk>/", budget_edit, name="budget-edit"),
    path("budget/lines/<int:pk>/remove/", budget_remove, name="budget-remove"),
    path("commitments/", commitments, name="commitments"),
    path("commitments/export.<slug:file_format>", commitments_export, name="commitments-export"),
    path("behind/", behind, name="behind"),
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
    path("business/", business, name="business"),
    path("business/export.<slug:file_format>", business_export, name="business-export"),
    path("business/lines/", business_lines, name="business-lines"),
    path("unit/", unit_costs, name="unit-costs"),
    path("unit/export.<slug:file_format>", unit_costs_export, name="unit-costs-export"),
    path("allocated/", shares, name="allocated-costs"),
    path("allocated/focus.csv", shares_as_focus, name="allocated-focus"),
    path("allocated/<int:pk>/", share, name="allocated"),
    path("allocation/", rules, name="allocation-rules"),
    path("allocation/new/", new_rule, name="allocation-rule-new"),
    path("allocation/<int:pk>/", rule, name="allocation-rule"),
    path("allocation/<int:pk>/edit/", edit_rule, name="allocation-rule-edit"),
    path("allocation/<int:pk>/version/", new_version, name="allocation-version-new"),
    path("allocation/version/<int:pk>/", version, name="allocation-version"),
    path("allocation/version/<int:pk>/edit/", edit_version, name="allocation-version-edit"),
    path("allocation/version/<int:pk>/step/<slug:name>/", step, name="allocation-step"),
    path("residents/", residents, name="residents"),
    path("usage/", usage, name="usage"),
    path("account-uses/", account_uses, name="account-uses"),
    path("reconciliation/", reconciliation, name="reconciliation"),
    path("reconciliation/lines/", reconciliation_lines, name="reconciliation-lines"),
    path("reconciliation/export.<slug:file_format>", reconciliation_export, name="reconciliation-export"),
    path("reconciliation/invoices/<int:pk>/remove/", remove_invoice_total, name="invoice-remove"),
    path("import/<int:pk>/", show, name="intake"),
    path("import/<int:pk>/apply/", apply, name="intake-apply"),
    path("import/<int:pk>/cancel/", cancel, name="intake-cancel"),
    path("expenditure/", expenditure, name="expenditure"),
    path("rates/", rates, name="rates"),
    path("ratio/", ratio, name="ratio"),
    path("ratio/export.<slug:file_format>", ratio_export, name="ratio-export"),
    path("multipliers/", multipliers, name="multipliers"),
    path("multipliers/export.<slug:file_format>", multipliers_export, name="multipliers-export"),
    path("definitions/", definitions, name="definitions"),
    path("definitions/<int:pk>/approve/", approve, name="definition-approve"),
    path("petitions/", petitions, name="petitions"),
    path("petitions/new/", petition_new, name="petition-new"),
    path("petitions/<int:pk>/", petition, name="petition"),
    path("petitions/<int:pk>/edit/", petition_edit, name="petition-edit"),
    path("petitions/<int:pk>/preview/", petition_preview, name="petition-preview"),
    path("petitions/<int:pk>/finalise/", petition_finalise, name="petition-finalise"),
    path("petitions/<int:pk>/file.<slug:file_format>", petition_file, name="petition-file"),
    path("check/", focus_check, name="focus-check"),
    path("check/<slug:key>/", focus_check_result, name="focus-check-result"),
    path("check/<slug:key>/export.<slug:file_format>", export_focus_check, name="focus-check-export"),
    path("mappings/", mappings, name="mappings"),
    path("mappings/<int:pk>/remove/", remove_mapping, name="mapping-remove"),
]
