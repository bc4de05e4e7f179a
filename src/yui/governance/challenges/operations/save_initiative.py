"""Add or change an initiative."""

from dataclasses import asdict

from yui.governance.challenges.errors import OtherKeeper, PillarInUse, UnknownOption
from yui.governance.challenges.facts import InitiativeFacts
from yui.governance.challenges.models import Initiative, Link
from yui.governance.challenges.operations.records import links_of, locked, settle_links, urn_of
from yui.governance.priorities.public import option_choices
from yui.kernel.operations import field_changes, field_values, operation, record, record_nothing
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
    if initiative is not None and initiative.organisation_id != organisation.pk:
        raise OtherKeeper
    values = asdict(facts)
    stored = locked(initiative) if initiative else Initiative(organisation=organisation)
    changes = field_changes(field_values(stored, list(values)) if initiative else {}, values)
    if not changes:
        record_nothing("the initiative is as it was")
        return stored
    if "option_code" in changes or "set_code" in changes:
        _demand_option(actor, facts)
    if initiative and "pillar" in changes:
        _demand_no_links(stored)
    for name, value in values.items():
        setattr(stored, name, value)
    stored.full_clean()
    stored.save()
    if "visibility" in changes and initiative:
        settle_links(stored)
    record(
        organisation,
        subject=urn_of(stored),
        summary=f"取組「{stored.title}」を保存しました。",
        changes=changes,
        visibility=stored.visibility,
    )
    return stored


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
