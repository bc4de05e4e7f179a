"""Who can be on watch, and when they are away."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from yui.kernel.policy import GRANTS, Role, Verb
from yui.kernel.scope.models import Organisation
from yui.organisations.public import Membership, User
from yui.security.soc.engine.rota import Person
from yui.security.soc.models import Absence

EDITORS = tuple(role for role in Role if Verb.EDIT in GRANTS[role])


def watch_people(body: Organisation, day: date) -> QuerySet[User]:
    """Return the active people who work for the joint body on a day, by name."""
    held = Membership.objects.owned_by(body).valid_on(day).filter(role__in=EDITORS)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("name_ja", "pk")


def persons(body: Organisation, people: Iterable[User], first: date, last: date) -> list[Person]:
    """Return people as the planner knows them, with their absences from ``first`` to ``last``."""
    people = list(people)
    away: dict[int, set[date]] = {person.pk: set() for person in people}
    absences = Absence.objects.owned_by(body).filter(
        person__in=people, first_day__lte=last, last_day__gte=first
    )
    for absence in absences:
        day = max(absence.first_day, first)
        while day <= min(absence.last_day, last):
            away[absence.person_id].add(day)
            day += timedelta(days=1)
    return [Person(person.pk, absent=frozenset(away[person.pk])) for person in people]
