"""Verbs of the registry; one per file."""

from yui.registry.operations.add_contract import add_contract
from yui.registry.operations.approve_change import approve_change
from yui.registry.operations.cancel_maintenance import cancel_maintenance
from yui.registry.operations.close_outage import close_outage
from yui.registry.operations.complete_change import complete_change
from yui.registry.operations.decline_change import decline_change
from yui.registry.operations.link_systems import link_systems
from yui.registry.operations.open_outage import open_outage
from yui.registry.operations.plan_maintenance import plan_maintenance
from yui.registry.operations.record_migration_step import record_migration_step
from yui.registry.operations.register_system import register_system
from yui.registry.operations.register_vendor import register_vendor
from yui.registry.operations.request_change import request_change
from yui.registry.operations.retire_system import retire_system
from yui.registry.operations.unlink_systems import unlink_systems
from yui.registry.operations.update_contract import update_contract
from yui.registry.operations.update_link import update_link
from yui.registry.operations.update_outage import update_outage
from yui.registry.operations.update_system import update_system

__all__ = [
    "add_contract",
    "approve_change",
    "cancel_maintenance",
    "close_outage",
    "complete_change",
    "decline_change",
    "link_systems",
    "open_outage",
    "plan_maintenance",
    "record_migration_step",
    "register_system",
    "register_vendor",
    "request_change",
    "retire_system",
    "unlink_systems",
    "update_contract",
    "update_link",
    "update_outage",
    "update_system",
]
