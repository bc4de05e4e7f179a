"""Add or change an option."""

from dataclasses import asdict

from yui.governance.priorities.errors import AlreadyBegun, OtherSet, TooMany
from yui.governance.priorities.facts import MOST_OPTIONS, OptionFacts
from yui.governance.priorities.models import Option, PrioritySet, SetState
from yui.governance.priorities.operations.rounds import locked_set, subject_of
from yui.kernel.operations import field_changes, field_values, operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require


@operation("priorities.option.save")
def save_option(
    actor: Actor, *, priority_set: PrioritySet, facts: OptionFacts, option: Option | None = None
) -> Option:
    """Add an option behind the others, or change the one given; only while the set is in preparation.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation that keeps the set.
        AlreadyBegun: when the deliberation has begun.
        OtherSet: when the option belongs to another set.
        TooMany: beyond ``MOST_OPTIONS``.
        ValidationError: naming each fact that breaks a rule.
    """
    require(actor, Verb.EDIT, priority_set.organisation)
    stored = locked_set(priority_set)
    if stored.state != SetState.PREPARING:
        raise AlreadyBegun
    if option is not None and option.priority_set_id != stored.pk:
        raise OtherSet
    known = Option.objects.owned_by(stored.organisation).filter(priority_set=stored)
    if option is None:
        last = known.order_by("position").last()
        if known.count() >= MOST_OPTIONS:
            raise TooMany(MOST_OPTIONS)
        option = Option(priority_set=stored, position=last.position + 1 if last else 1)
    values = asdict(facts)
    changes = field_changes(field_values(option, list(values)), values)
    if not changes:
        record_nothing("the option is as it was")
        return option
    for name, value in values.items():
        setattr(option, name, value)
    option.full_clean()
    option.save()
    record(
        stored.organisation,
        subject=subject_of(stored),
        summary=f"「{stored.title}」の選択肢「{option.title}」を保存しました。",
        changes=changes,
        visibility=stored.visibility,
    )
    return option
