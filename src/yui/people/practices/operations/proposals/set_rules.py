"""Set a ward's own list of categories and how long its stages may last."""

from collections.abc import Mapping, Sequence

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.people.practices.engine.proposal_states import Stage
from yui.people.practices.models import ProposalCategory, StagePeriod
from yui.people.practices.operations.proposals.stepping import days_of


@operation("practices.proposal_rules.set_categories")
def set_categories(actor: Actor, *, organisation: Organisation, names: Sequence[str]) -> bool:
    """Offer these categories, in this order; what is no longer named stays with the proposals that have it.

    Returns:
        Whether anything changed.

    Raises:
        PermissionRefused: when the actor does not administer the organisation.
        ValidationError: for a name that is too long.
    """
    require(actor, Verb.ADMINISTER, organisation)
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    known = {each.name: each for each in ProposalCategory.objects.owned_by(organisation)}
    offered = [each.name for each in known.values() if each.is_active]
    if wanted == offered:
        record_nothing("the list stays as it is")
        return False
    for name, category in known.items():
        category.is_active = name in wanted
    for position, name in enumerate(wanted):
        category = known.setdefault(name, ProposalCategory(organisation=organisation, name=name))
        category.position = position
    for category in known.values():
        save_checked(category)
    _tell(organisation, "提案の分類を変えました。", {"categories": [offered, wanted]})
    return True


@operation("practices.proposal_rules.set_periods")
def set_periods(actor: Actor, *, organisation: Organisation, days: Mapping[Stage, int]) -> bool:
    """Let stages last so many business days from now on; deadlines that run keep their day.

    Returns:
        Whether anything changed.

    Raises:
        PermissionRefused: when the actor does not administer the organisation.
        ValidationError: for a number of days that makes no sense.
    """
    require(actor, Verb.ADMINISTER, organisation)
    before = days_of(organisation)
    changed = {stage: count for stage, count in days.items() if before.get(stage) != count}
    if not changed:
        record_nothing("the periods stay as they are")
        return False
    known = {each.stage: each for each in StagePeriod.objects.owned_by(organisation)}
    for stage, count in changed.items():
        period = known.get(stage.value) or StagePeriod(organisation=organisation, stage=stage.value)
        period.business_days = count
        save_checked(period)
    _tell(
        organisation,
        "提案の段階の期間を変えました。",
        {stage.value: [before.get(stage), count] for stage, count in changed.items()},
    )
    return True


def _tell(organisation: Organisation, summary: str, changes: Mapping[str, object]) -> None:
    record(
        organisation,
        subject=urn("practices.proposal_rules", organisation.code),
        summary=summary,
        changes=changes,
    )
