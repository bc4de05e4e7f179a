"""The check that every operation makes before it changes anything."""

from typing import Protocol

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from yui.kernel.policy.actor import Actor
from yui.kernel.policy.checkpoint import mark_checked
from yui.kernel.policy.roles import Verb


class HasPrimaryKey(Protocol):
    """An organisation, as far as policy needs to know it."""

    pk: int


class PermissionRefused(PermissionDenied):
    """The actor's roles do not grant the verb in the organisation."""

    def __init__(self, actor: Actor, verb: Verb) -> None:
        self.actor = actor
        self.verb = verb
        super().__init__(
            _("この操作をする権限がありません({verb})。所属の管理者に役割の変更を頼んでください。").format(
                verb=verb.label
            )
        )


def allows(actor: Actor, verb: Verb, organisation: HasPrimaryKey) -> bool:
    """Return whether ``actor`` may do ``verb`` with records of ``organisation``."""
    return actor.is_system or organisation.pk in actor.organisation_ids_with(verb)


def require(actor: Actor, verb: Verb, organisation: HasPrimaryKey) -> None:
    """Let the running operation go on only if ``actor`` may do ``verb``.

    Raises:
        PermissionRefused: when no role of the actor grants the verb in the organisation.
    """
    if not allows(actor, verb, organisation):
        raise PermissionRefused(actor, verb)
    mark_checked()
