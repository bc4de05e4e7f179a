"""Addresses of the registry."""

from django.urls import path

from yui.registry.views.availability import availability
from yui.registry.views.change import change, new_change
from yui.registry.views.changes import changes
from yui.registry.views.contract import contract
from yui.registry.views.contract_edit import edit_contract, new_contract
from yui.registry.views.contracts import contracts
from yui.registry.views.expiry import expiry
from yui.registry.views.links import links
from yui.registry.views.maintenance import cancel, maintenance, new_maintenance
from yui.registry.views.migration import migration, migration_progress
from yui.registry.views.migration_record import migration_record
from yui.registry.views.outage import edit_outage, new_outage, outage
from yui.registry.views.outages import outages
from yui.registry.views.sheets import export, sheets
from yui.registry.views.system import system
from yui.registry.views.system_availability import system_availability
from yui.registry.views.system_contracts import system_contracts
from yui.registry.views.system_edit import edit_system, new_system
from yui.registry.views.system_history import system_history
from yui.registry.views.system_links import system_links, unlink
from yui.registry.views.system_operations import system_operations
from yui.registry.views.system_retire import retire
from yui.registry.views.systems import systems
from yui.registry.views.vendors import new_vendor, vendors

app_name = "registry"
prefix = "systems/"
urlpatterns = [
    path("", systems, name="systems"),
    path("new/", new_system, name="system-new"),
    path("<int:pk>/", system, name="system"),
    path("<int:pk>/edit/", edit_system, name="system-edit"),
    path("<int:pk>/retire/", retire, name="system-retire"),
    path("<int:pk>/contracts/", system_contracts, name="system-contracts"),
    path("<int:pk>/links/", system_links, name="system-links"),
    path("<int:pk>/operations/", system_operations, name="system-operations"),
    path("<int:pk>/availability/", system_availability, name="system-availability"),
    path("<int:pk>/history/", system_history, name="system-history"),
    path("links/", links, name="links"),
    path("links/<int:pk>/remove/", unlink, name="unlink"),
    path("vendors/", vendors, name="vendors"),
    path("vendors/new/", new_vendor, name="vendor-new"),
    path("sheets/", sheets, name="sheets"),
    path("sheets/<str:code>/<slug:name>.<slug:file_format>", export, name="export"),
    path("contracts/", contracts, name="contracts"),
    path("contracts/new/", new_contract, name="contract-new"),
    path("contracts/expiry/", expiry, name="expiry"),
    path("contracts/<int:pk>/", contract, name="contract"),
    path("contracts/<int:pk>/edit/", edit_contract, name="contract-edit"),
    path("migration/", migration, name="migration"),
    path("migration/progress/", migration_progress, name="migration-progress"),
    path("migration/<str:ward_code>/<str:area_code>/", migration_record, name="migration-record"),
    path("operations/", outages, name="outages"),
    path("operations/outages/new/", new_outage, name="outage-new"),
    path("operations/outages/<int:pk>/", outage, name="outage"),
    path("operations/outages/<int:pk>/edit/", edit_outage, name="outage-edit"),
    path("operations/availability/", availability, name="availability"),
    path("operations/maintenance/", maintenance, name="maintenance"),
    path("operations/maintenance/new/", new_maintenance, name="maintenance-new"),
    path("operations/maintenance/<int:pk>/cancel/", cancel, name="maintenance-cancel"),
    path("operations/changes/", changes, name="changes"),
    path("operations/changes/new/", new_change, name="change-new"),
    path("operations/changes/<int:pk>/", change, name="change"),
]
