"""Which people may review a practice, and who looks after it."""

from collections.abc import Collection

from django.db.models import QuerySet

from yui.kernel.calendar_jp import today
from yui.kernel.policy import GRANTS, Role, Verb
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.public import Membership, User
from yui.people.practices.models import Practice
from yui.people.practices.policies import in_sight

EDITORS = tuple(role for role in Role if Verb.EDIT in GRANTS[role])
WHY = "memberships tell who may review a practice"


def reviewing_organisations(practice: Practice) -> list[Organisation]:
    """Return the wards that may review the practice, in official order."""
    chosen = set(practice.participants.values_list("pk", flat=True))
    return [
        ward
        for ward in Organisation.objects.wards()
        if ward.pk != practice.organisation_id and in_sight(ward, practice, chosen)
    ]


def possible_reviewers(practice: Practice) -> QuerySet[User]:
    """Return the active people of the other wards that see the practice, by name."""
    held = Membership.objects.unscoped(WHY).valid_on(today())
    own = held.filter(organisation_id=practice.organisation_id)
    others = held.filter(organisation__in=reviewing_organisations(practice))
    people = User.objects.filter(is_active=True, pk__in=others.values("user_id"))
    return people.exclude(pk__in=own.values("user_id")).order_by("name_ja", "pk")


def ward_of_reviewer(person: User, practice: Practice) -> Organisation | None:
    """Return the ward for which a person would review; None for whom it is not his to review."""
    if not possible_reviewers(practice).filter(pk=person.pk).exists():
        return None
    held = Membership.objects.unscoped(WHY).valid_on(today()).filter(user=person)
    mine = set(held.values_list("organisation_id", flat=True))
    return next(ward for ward in reviewing_organisations(practice) if ward.pk in mine)


def people_in_charge(practice: Practice) -> list[int]:
    """Return who looks after the practice: its writer while a member, else the ward's editors."""
    held = Membership.objects.owned_by(practice.organisation).valid_on(today())
    active = held.filter(user__is_active=True)
    if practice.author_id is not None and active.filter(user_id=practice.author_id).exists():
        return [practice.author_id]
    return sorted(set(active.filter(role__in=EDITORS).values_list("user_id", flat=True)))


def those_in_sight(practice: Practice, people: Collection[int]) -> list[int]:
    """Return those of the people (keys) who still see the practice: some have moved since they followed."""
    held = Membership.objects.unscoped(WHY).valid_on(today()).filter(user_id__in=people)
    if practice.visibility != Visibility.WARDS:
        bodies = {practice.organisation_id}
        if practice.visibility == Visibility.PARTICIPANTS:
            bodies |= set(practice.participants.values_list("pk", flat=True))
        held = held.filter(organisation_id__in=bodies)
    return sorted(set(held.values_list("user_id", flat=True)))
