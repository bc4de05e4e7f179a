"""Add or change a challenge."""

from dataclasses import asdict
from typing import Any

from yui.governance.challenges.errors import NoPillar, PillarInUse
from yui.governance.challenges.facts import ChallengeFacts
from yui.governance.challenges.models import Challenge, Link, LinkKind
from yui.governance.challenges.models.challenge import PILLARS
from yui.governance.challenges.operations.records import demand_keeper, locked, save_record
from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation


@operation("challenges.challenge.save")
def save_challenge(
    actor: Actor, *, organisation: Organisation, facts: ChallengeFacts, challenge: Challenge | None = None
) -> Challenge:
    """Add a challenge in the name of an organisation, or change the one given.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation.
        OtherKeeper: when the challenge belongs to another organisation.
        NoPillar: without a pillar, or with one that does not exist.
        PillarInUse: when an initiative of a pillar that it leaves answers it.
        ValidationError: naming each fact that breaks a rule (a code in use …).
    """
    require(actor, Verb.EDIT, organisation)
    demand_keeper(challenge, organisation)
    return save_record(
        locked(challenge) if challenge else Challenge(organisation=organisation),
        _values(facts),
        noun="課題",
        demand=lambda stored, _changes: _demand_pillars_of_links(stored, facts.pillars),
    )


def _values(facts: ChallengeFacts) -> dict[str, Any]:
    """Return the fields that hold the facts."""
    values = asdict(facts)
    pillars = values.pop("pillars")
    if not pillars or set(pillars) - set(PILLARS):
        raise NoPillar
    return values | {f"for_pillar_{number}": number in pillars for number in PILLARS}


def _demand_pillars_of_links(challenge: Challenge, pillars: tuple[int, ...]) -> None:
    """Refuse to leave a pillar whose initiatives answer the challenge by arrows of the same keeper."""
    if challenge.pk is None:
        return
    answers = Link.objects.owned_by(challenge.organisation).filter(kind=LinkKind.ANSWERS, challenge=challenge)
    left = answers.exclude(initiative__pillar__in=pillars).count()
    if left:
        raise PillarInUse("pillars", left)
