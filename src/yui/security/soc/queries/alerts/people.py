"""Who may work a ward's alerts."""

from collections.abc import Iterable

from django.db.models import QuerySet

from yui.kernel.calendar_jp import today
from yui.kernel.policy import GRANTS, Role, Verb
from yui.kernel.scope.models import Organisation
from yui.organisations.public import Membership, User
from yui.security.soc.policies import watching_bodies

EDITORS = tuple(role for role in Role if Verb.EDIT in GRANTS[role])


def people_for(wards: Iterable[Organisation]) -> QuerySet[User]:
    """Return the active people who may work the alerts of every one of these wards, by name."""
    people = User.objects.filter(is_active=True).order_by("name_ja", "pk")
    for ward in wards:
        bodies = [ward, *watching_bodies(ward)]
        held = Membership.objects.owned_by(*bodies).valid_on(today()).filter(role__in=EDITORS)
        people = people.filter(pk__in=held.values("user_id"))
    return people
