"""Name the person who is the mentor of a week."""

from django.urls import reverse

from yui.kernel.links import urn
from yui.kernel.notices.public import notify
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, allows, require
from yui.kernel.scope.models import Visibility
from yui.people.commons.errors_helping import NotReadyForTurns
from yui.people.commons.models import MentorTurn
from yui.people.commons.operations.helping.locking_turns import locked_turns
from yui.people.commons.operations.helping.plan_turns import KIND
from yui.people.commons.operations.telling import TURN
from yui.people.commons.policies import secretariat
from yui.people.commons.queries.helping.turns import ready_for_turns


@operation("commons.turns.name")
def name_mentor(actor: Actor, *, turn: int, mentor: int | None) -> MentorTurn:
    """Name one of the ward's people who take turns, or nobody; who is named is told.

    Raises:
        NoSuchTurn: when there is no such week, or it is over.
        PermissionRefused: for whoever neither administers the ward nor works for the secretariat.
        NotReadyForTurns: when the person does not take turns for that ward.
    """
    (found,) = locked_turns(actor, [turn])
    by_ward = allows(actor, Verb.ADMINISTER, found.organisation)
    require(
        actor, Verb.ADMINISTER if by_ward else Verb.EDIT, found.organisation if by_ward else secretariat()
    )
    people = {person.pk: person for person in ready_for_turns(found.organisation)}
    if mentor is not None and mentor not in people:
        raise NotReadyForTurns
    before, found.mentor = found.mentor, people[mentor] if mentor is not None else None
    found.save()
    record(
        found.organisation,
        subject=urn(KIND, found.pk),
        summary=f"{found.starts_on}の週の相談役を決めました。",
        changes={"mentor": [before.name if before else None, found.mentor.name if found.mentor else None]},
        visibility=Visibility.WARDS,
    )
    if found.mentor and found.mentor != before and found.mentor.pk != actor.user_id:
        notify(
            [found.mentor.pk],
            kind=TURN,
            title=f"{found.starts_on}の週の相談役の当番になりました",
            url=reverse("commons:turns"),
            urn=urn(KIND, found.pk),
            organisation=found.organisation,
        )
    return found
