"""Make a set."""

from collections.abc import Iterable

from yui.governance.priorities.errors import TooMany
from yui.governance.priorities.facts import MOST_CRITERIA, SetFacts
from yui.governance.priorities.models import Criterion, PrioritySet, Round
from yui.governance.priorities.operations.rounds import subject_of
from yui.kernel.calendar_jp import today
from yui.kernel.operations import field_changes, operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation


@operation("priorities.set.make")
def make_set(
    actor: Actor, *, organisation: Organisation, facts: SetFacts, participants: Iterable[Organisation] = ()
) -> PrioritySet:
    """Make a set with its criteria and its first round, in preparation.

    Args:
        participants: whom the set is shown to where its visibility is "participants".

    Raises:
        PermissionRefused: when the actor may not edit for the organisation.
        TooMany: for more criteria than can be compared.
        ValidationError: naming each fact that breaks a rule (a code in use …).
    """
    require(actor, Verb.EDIT, organisation)
    if len(facts.criteria) > MOST_CRITERIA:
        raise TooMany(MOST_CRITERIA)
    made = PrioritySet(
        organisation=organisation,
        code=facts.code,
        title=facts.title,
        purpose=facts.purpose,
        visibility=facts.visibility,
        is_illustrative=facts.is_illustrative,
    )
    made.full_clean()
    made.save()
    made.participants.add(*participants)
    for position, each in enumerate(facts.criteria, start=1):
        criterion = Criterion(
            priority_set=made,
            code=each.code,
            title=each.title,
            description=each.description,
            is_derived=each.is_derived,
            position=position,
        )
        criterion.full_clean()
        criterion.save()
    Round.objects.create(priority_set=made, number=1, opened_on=today())
    record(
        organisation,
        subject=subject_of(made),
        summary=f"優先度の検討「{made.title}」をつくりました。",
        changes=field_changes({}, {"code": made.code, "title": made.title, "visibility": made.visibility}),
        visibility=made.visibility,
    )
    return made
