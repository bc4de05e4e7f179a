"""Records of the registry; one aggregate per file."""

from yui.registry.models.business_area import StandardBusinessArea
from yui.registry.models.change import Change, ChangeRisk, ChangeStatus
from yui.registry.models.contract import Contract, ContractKind
from yui.registry.models.data_link import DataLink, LinkDirection, LinkFrequency, LinkMedium
from yui.registry.models.information_system import (
    CloudProvider,
    Hosting,
    InformationSystem,
    NetworkModel,
    NetworkZone,
    SystemCategory,
    SystemStatus,
)
from yui.registry.models.maintenance_window import MaintenanceWindow
from yui.registry.models.outage import Outage, OutageSeverity
from yui.registry.models.standard_migration import MigrationState, MigrationStep, StandardMigration
from yui.registry.models.vendor import Vendor

__all__ = [
    "Change",
    "ChangeRisk",
    "ChangeStatus",
    "CloudProvider",
    "Contract",
    "ContractKind",
    "DataLink",
    "Hosting",
    "InformationSystem",
    "LinkDirection",
    "LinkFrequency",
    "LinkMedium",
    "MaintenanceWindow",
    "MigrationState",
    "MigrationStep",
    "NetworkModel",
    "NetworkZone",
    "Outage",
    "OutageSeverity",
    "StandardBusinessArea",
    "StandardMigration",
    "SystemCategory",
    "SystemStatus",
    "Vendor",
]
