"""Say how one wants to be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.people.commons.models import HelperProfile
from yui.people.commons.operations.tagging import ensure_tags
from yui.people.commons.policies import own_organisations, person_of, require_member


@dataclass(frozen=True)
class HelpingFacts:
    """How a person wants to be asked.

    Attributes:
        may_be_asked: whether at all.
        most_per_week: how often in seven days, 0 to 20.
        away_until: the last day of an absence, or None.
        tags: words for what the person knows well.
        takes_turns: whether the ward's administrators may name the person as mentor of a week.
    """

    may_be_asked: bool = True
    most_per_week: int = 3
    away_until: date | None = None
    tags: Sequence[str] = ()
    takes_turns: bool = False


@operation("commons.helper.set")
def set_helping(actor: Actor, *, facts: HelpingFacts) -> HelperProfile:
    """Keep how the actor wants to be asked.

    Raises:
        PermissionRefused: when the actor is no person or belongs to no body.
        ValidationError: when the number is out of range.
        TooManyTags: for more tags than help anybody.
    """
    person, bodies = person_of(actor), own_organisations(actor)
    if not bodies:
        raise PermissionRefused(actor, Verb.VIEW)
    require_member(actor, bodies[0])
    profile = HelperProfile.objects.filter(user_id=person).first() or HelperProfile(user_id=person)
    profile.may_be_asked = facts.may_be_asked
    profile.most_per_week = facts.most_per_week
    profile.away_until = facts.away_until
    profile.takes_turns = facts.takes_turns
    profile.full_clean()
    profile.save()
    profile.tags.set(ensure_tags(facts.tags))
    record_nothing("how a person wants to be asked is the person's own affair")
    return profile
