"""Who may do what with a set, beyond seeing (which the scope decides).

Who edits for the organisation that keeps a set keeps its options, criteria and scores; who approves for it
moves the set on. A ward's weights are set by who edits for that ward, and by nobody else.
"""

from yui.governance.priorities.models import PrioritySet
from yui.kernel.policy import Actor, Verb, allows
from yui.kernel.scope.models import Organisation, Visibility


def may_keep(actor: Actor, priority_set: PrioritySet) -> bool:
    """Tell whether the actor may change options, criteria and scores."""
    return allows(actor, Verb.EDIT, priority_set.organisation)


def may_decide(actor: Actor, priority_set: PrioritySet) -> bool:
    """Tell whether the actor may begin, repeat and close the deliberation."""
    return allows(actor, Verb.APPROVE, priority_set.organisation)


def may_keep_somewhere(actor: Actor) -> bool:
    """Tell whether there is an organisation in whose name the actor may make a set."""
    return actor.is_system or bool(actor.organisation_ids_with(Verb.EDIT))


def takes_part(ward: Organisation, priority_set: PrioritySet) -> bool:
    """Tell whether a ward weighs the criteria of a set: it is one of those that see it."""
    if not ward.is_ward:
        return False
    if ward.pk == priority_set.organisation_id or priority_set.visibility == Visibility.WARDS:
        return True
    is_named = priority_set.participants.filter(pk=ward.pk).exists
    return priority_set.visibility == Visibility.PARTICIPANTS and is_named()


def wards_weighed_by(actor: Actor, priority_set: PrioritySet) -> list[Organisation]:
    """Return the wards whose weights the actor may set, in official order."""
    own = Organisation.objects.wards().filter(pk__in=actor.organisation_ids_with(Verb.EDIT))
    return [ward for ward in own if takes_part(ward, priority_set)]
