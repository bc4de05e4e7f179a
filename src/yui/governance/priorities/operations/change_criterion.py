"""Change the words and the place of a criterion."""

from yui.governance.priorities.errors import AlreadyBegun
from yui.governance.priorities.models import Criterion, SetState
from yui.governance.priorities.operations.rounds import locked_set, subject_of
from yui.kernel.operations import field_changes, operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require


@operation("priorities.criterion.change")
def change_criterion(
    actor: Actor, *, criterion: Criterion, title: str, description: str, position: int
) -> bool:
    """Give a criterion a title, a description and a place from 1; tell whether anything changed.

    The criterion that had the place changes places with it. Only while the set is in preparation.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation that keeps the set.
        AlreadyBegun: when the deliberation has begun.
        ValidationError: for an empty title.
    """
    organisation = criterion.priority_set.organisation
    require(actor, Verb.EDIT, organisation)
    stored = locked_set(criterion.priority_set)
    if stored.state != SetState.PREPARING:
        raise AlreadyBegun
    known = {each.pk: each for each in Criterion.objects.owned_by(organisation).filter(priority_set=stored)}
    own = known[criterion.pk]
    before = {"title": own.title, "description": own.description, "position": own.position}
    position = min(max(position, 1), len(known))
    changes = field_changes(before, {"title": title, "description": description, "position": position})
    if not changes:
        record_nothing("the criterion is as it was")
        return False
    own.title, own.description = title, description
    if position != own.position:
        _change_places(own, next(each for each in known.values() if each.position == position))
    own.full_clean()
    own.save()
    record(
        organisation,
        subject=subject_of(stored),
        summary=f"「{stored.title}」の観点「{title}」を直しました。",
        changes=changes,
        visibility=stored.visibility,
    )
    return True


def _change_places(one: Criterion, other: Criterion) -> None:
    """Exchange the places of two criteria, by way of a free one: no two may hold the same at any moment."""
    first, second = one.position, other.position
    other.position = 0
    other.save(update_fields=["position"])
    one.position = second
    one.save(update_fields=["position"])
    other.position = first
    other.save(update_fields=["position"])
