"""Let two wards change places among the mentors' turns."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, allows, require
from yui.kernel.scope.models import Visibility
from yui.people.commons.errors_helping import NoSuchTurn
from yui.people.commons.models import MentorTurn
from yui.people.commons.operations.helping.locking_turns import locked_turns
from yui.people.commons.operations.helping.plan_turns import KIND
from yui.people.commons.policies import secretariat


@operation("commons.turns.swap")
def swap_turns(actor: Actor, *, one: int, other: int) -> tuple[MentorTurn, MentorTurn]:
    """Exchange ward and mentor of two weeks.

    Raises:
        NoSuchTurn: when one is not there or is over, or both are the same.
        PermissionRefused: for whoever neither works for the secretariat nor administers both wards.
    """
    if one == other:
        raise NoSuchTurn
    first, second = locked_turns(actor, [one, other])
    wards = (first.organisation, second.organisation)
    if all(allows(actor, Verb.ADMINISTER, ward) for ward in wards):
        require(actor, Verb.ADMINISTER, first.organisation)
    else:
        require(actor, Verb.EDIT, secretariat())
    first.organisation, second.organisation = second.organisation, first.organisation
    first.mentor, second.mentor = second.mentor, first.mentor
    for turn, former in zip((first, second), wards, strict=True):
        turn.save()
        record(
            turn.organisation,
            subject=urn(KIND, turn.pk),
            summary=f"{turn.starts_on}の週の相談役の当番を入れ替えました。",
            changes={"ward": [former.name_ja, turn.organisation.name_ja]},
            visibility=Visibility.WARDS,
        )
    return first, second
