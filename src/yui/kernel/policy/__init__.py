"""Who may do what: roles, verbs, actors and the check that operations make."""

from yui.kernel.policy.actor import Actor, ActorKind, Membership
from yui.kernel.policy.checks import PermissionRefused, allows, require
from yui.kernel.policy.roles import GRANTS, Role, Verb

__all__ = [
    "GRANTS",
    "Actor",
    "ActorKind",
    "Membership",
    "PermissionRefused",
    "Role",
    "Verb",
    "allows",
    "require",
]
