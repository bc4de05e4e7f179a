"""Who may do what, beyond seeing (which the scope decides).

Who edits for the organisation that keeps a record changes it; for joint ones that is the secretariat. A ward
may have challenges, initiatives and arrows of its own.
"""

from yui.kernel.policy import Actor, Verb, allows
from yui.kernel.scope.models import ScopedModel


def may_keep(actor: Actor, record: ScopedModel) -> bool:
    """Tell whether the actor may change a record of the room."""
    return allows(actor, Verb.EDIT, record.organisation)


def may_keep_somewhere(actor: Actor) -> bool:
    """Tell whether there is an organisation in whose name the actor may add something."""
    return actor.is_system or bool(actor.organisation_ids_with(Verb.EDIT))
