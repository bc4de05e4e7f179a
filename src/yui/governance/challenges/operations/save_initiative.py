"""Add or change an initiative."""

from dataclasses import asdict

from yui.governance.challenges.errors import PillarInUse, UnknownOption
from yui.governance.challenges.facts import InitiativeFacts
from yui.governance.challenges.models import Initiative, Link
from yui.governance.challenges.operations.records import (
    Changes,
    demand_keeper,
    links_of,
    locked,
    save_record,
)
from yui.governance.priorities.public import option_choices
from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation


@operation("challenges.initiative.save")
def save_initiative(
    actor: Actor, *, organisation: Organisation, facts: InitiativeFacts, initiative: Initiative | None = None
) -> Initiative:
    """Add an initiative in the name of an organisation, or change the one given.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation.
        OtherKeeper: when the initiative belongs to another organisation.
        UnknownOption: when the priorities have no such option that the actor may see.
        PillarInUse: when it moves to another pillar while arrows begin or end at it.
        ValidationError: naming each fact that breaks a rule (a code in use …).
    """
    require(actor, Verb.EDIT, organisation)
    demand_keeper(initiative, organisation)

    def demand(stored: Initiative, changes: Changes) -> None:
        if "option_code" in changes or "set_code" in changes:
            _demand_option(actor, facts)
        if stored.pk is not None and "pillar" in changes:
            _demand_no_links(stored)

    return save_record(
        locked(initiative) if initiative else Initiative(organisation=organisation),
        asdict(facts),
        noun="取組",
        demand=demand,
    )


def _demand_option(actor: Actor, facts: InitiativeFacts) -> None:
    """Refuse an option that the priorities do not have."""
    if not facts.set_code and not facts.option_code:
        return
    known = {(each.set_code, each.code) for each in option_choices(actor)}
    if (facts.set_code, facts.option_code) not in known:
        raise UnknownOption(facts.set_code, facts.option_code)


def _demand_no_links(initiative: Initiative) -> None:
    """Refuse to change the pillar under the arrows of the same keeper."""
    count = Link.objects.owned_by(initiative.organisation).filter(links_of(initiative)).count()
    if count:
        raise PillarInUse("pillar", count)
