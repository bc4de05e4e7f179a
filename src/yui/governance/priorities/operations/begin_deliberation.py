"""Begin the deliberation."""

from yui.governance.priorities.errors import AlreadyBegun, ScoresMissing
from yui.governance.priorities.models import Criterion, Option, PrioritySet, Score, SetState
from yui.governance.priorities.operations.rounds import locked_set, open_round, subject_of
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require

NAMED = 3
"""Cells without a score that are named; more would fill the page."""


@operation("priorities.set.begin")
def begin_deliberation(actor: Actor, *, priority_set: PrioritySet) -> None:
    """Open a prepared set to the wards' weights. From then on its options and criteria stand.

    Raises:
        PermissionRefused: when the actor may not approve for the organisation that keeps the set.
        AlreadyBegun: when it is not in preparation.
        ScoresMissing: when fewer than two options are there, or a cell has no score.
    """
    require(actor, Verb.APPROVE, priority_set.organisation)
    stored = locked_set(priority_set)
    if stored.state != SetState.PREPARING:
        raise AlreadyBegun
    missing = _missing(stored)
    if missing:
        raise ScoresMissing("、".join(missing[:NAMED]))
    stored.state = SetState.DELIBERATING
    stored.save()
    record(
        stored.organisation,
        subject=subject_of(stored),
        summary=f"「{stored.title}」の審議を始めました。",
        changes={"state": [SetState.PREPARING.value, SetState.DELIBERATING.value]},
        visibility=stored.visibility,
    )


def _missing(priority_set: PrioritySet) -> list[str]:
    """Return the names of the cells without a score; for too few options, what is missing instead."""
    owner, now = priority_set.organisation, open_round(priority_set)
    options = list(Option.objects.owned_by(owner).filter(priority_set=priority_set))
    criteria = Criterion.objects.owned_by(owner).filter(priority_set=priority_set, is_derived=False)
    scored = set(Score.objects.owned_by(owner).filter(round=now).values_list("option_id", "criterion_id"))
    if len(options) < 2:
        return [str(priority_set)]
    return [
        f"{option.title}({criterion.title})"
        for option in options
        for criterion in criteria
        if (option.pk, criterion.pk) not in scored
    ]
