"""Note when people are away."""

from datetime import date

from yui.kernel.calendar_jp import today
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.organisations.public import User
from yui.security.soc.models import Absence
from yui.security.soc.operations.rota.errors import NotOnTheWatch
from yui.security.soc.policies import joint_body
from yui.security.soc.queries.rota.people import watch_people


@operation("soc.absence.add")
def add_absence(actor: Actor, *, person: User, first_day: date, last_day: date) -> Absence:
    """Note that a person takes no shift from one day to another.

    Raises:
        PermissionRefused: when the actor may not edit for the joint body.
        NotOnTheWatch: when the person does not work for the joint body.
        ValidationError: when the days are not in order, or the absence is there already.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    if not watch_people(body, today()).filter(pk=person.pk).exists():
        raise NotOnTheWatch(person.name_ja)
    absence = Absence(organisation=body, person=person, first_day=first_day, last_day=last_day)
    absence.full_clean()
    absence.save()
    record(
        body,
        subject=urn("soc.absence", absence.pk),
        summary=f"{person.name_ja}さんの不在({first_day}から{last_day}まで)を入れました。",
    )
    return absence


@operation("soc.absence.remove")
def remove_absence(actor: Actor, *, absence: Absence) -> None:
    """Take an absence away.

    Raises:
        PermissionRefused: when the actor may not edit for the joint body.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    stored = Absence.objects.owned_by(body).select_related("person").get(pk=absence.pk)
    record(
        body,
        subject=urn("soc.absence", stored.pk),
        summary=f"{stored.person.name_ja}さんの不在({stored.first_day}から)を外しました。",
    )
    stored.delete()
