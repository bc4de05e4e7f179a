"""Who may do what in the registry, beyond seeing (which the scope decides)."""

from yui.kernel.policy import Actor, Verb, allows
from yui.kernel.scope.models import Organisation
from yui.registry.models import Change, ChangeStatus


def may_edit(actor: Actor, organisation: Organisation) -> bool:
    """Tell whether the actor may change the organisation's ledger."""
    return allows(actor, Verb.EDIT, organisation)


def may_import(actor: Actor, organisation: Organisation) -> bool:
    """Tell whether the actor may take files into the organisation's ledger."""
    return allows(actor, Verb.IMPORT, organisation)


def may_decide(actor: Actor, change: Change) -> bool:
    """Tell whether the actor may approve or decline a change: an administrator who did not ask for it."""
    return (
        change.status == ChangeStatus.REQUESTED
        and allows(actor, Verb.APPROVE, change.system.organisation)
        and not asked_for(actor, change)
    )


def may_complete(actor: Actor, change: Change) -> bool:
    """Tell whether the actor may report the change as done."""
    return change.status == ChangeStatus.APPROVED and allows(actor, Verb.EDIT, change.system.organisation)


def asked_for(actor: Actor, change: Change) -> bool:
    """Tell whether it was this person who requested the change."""
    return actor.user_id is not None and actor.user_id == change.requested_by_id


def may_edit_somewhere(actor: Actor) -> bool:
    """Tell whether there is an organisation whose ledger the actor may change."""
    return actor.is_system or bool(actor.organisation_ids_with(Verb.EDIT))
