"""Who may do what with statistics, beyond seeing (which the scope decides).

Who edits for the organisation that keeps a source keeps its facts and series; who imports for it loads files.
"""

from yui.governance.statistics.models import Source
from yui.kernel.policy import Actor, Verb, allows


def may_keep(actor: Actor, source: Source) -> bool:
    """Tell whether the actor may change the source and its series."""
    return allows(actor, Verb.EDIT, source.organisation)


def may_load(actor: Actor, source: Source) -> bool:
    """Tell whether the actor may load files of the source."""
    return allows(actor, Verb.IMPORT, source.organisation)


def may_keep_somewhere(actor: Actor) -> bool:
    """Tell whether there is an organisation in whose name the actor may keep a source."""
    return actor.is_system or bool(actor.organisation_ids_with(Verb.EDIT))
