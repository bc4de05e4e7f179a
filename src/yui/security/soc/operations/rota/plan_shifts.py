"""Plan the rota of some weeks."""

from collections.abc import Sequence
from datetime import date

from yui.kernel.calendar_jp import today
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.organisations.public import User
from yui.security.soc.engine.rota import RotaPlan, ShiftHours, plan_rota
from yui.security.soc.models import Shift
from yui.security.soc.operations.rota.errors import NobodyToPlan, NotOnTheWatch, SpanTooLong
from yui.security.soc.policies import joint_body
from yui.security.soc.queries.rota.calendar import HOURS, LOOK_BACK, RULES, duty_of, shifts_between
from yui.security.soc.queries.rota.people import persons, watch_people

LONGEST_DAYS = 62


@operation("soc.rota.plan")
def plan_shifts(
    actor: Actor,
    *,
    first: date,
    last: date,
    people: Sequence[User],
    hours: Sequence[ShiftHours] = HOURS,
) -> RotaPlan:
    """Fill the open shifts from ``first`` to ``last``; what stands already is kept.

    Raises:
        PermissionRefused: when the actor may not edit for the joint body.
        NobodyToPlan, NotOnTheWatch: without people, or with somebody who does not work for the joint body.
        SpanTooLong: for more than two months.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    if not people:
        raise NobodyToPlan
    if not 0 <= (last - first).days < LONGEST_DAYS:
        raise SpanTooLong(LONGEST_DAYS)
    known = set(watch_people(body, today()).values_list("pk", flat=True))
    for person in people:
        if person.pk not in known:
            raise NotOnTheWatch(person.name_ja)
    # One plan at a time: two would fill the same gaps twice.
    type(body).objects.select_for_update(no_key=True).get(pk=body.pk)
    standing = [duty_of(shift) for shift in shifts_between(actor, first - LOOK_BACK, last + LOOK_BACK)]
    plan = plan_rota(first, last, hours, persons(body, people, first, last), RULES, standing)
    Shift.objects.bulk_create(
        [
            Shift(
                organisation=body,
                person_id=duty.person,
                kind=duty.kind,
                starts_at=duty.starts_at,
                ends_at=duty.ends_at,
                is_lead=duty.is_lead,
            )
            for duty in plan.duties
        ],
        batch_size=500,
    )
    record(
        body,
        subject=urn("soc.rota", first.isoformat()),
        summary=f"{first}から{last}までの当番を組みました({len(plan.duties)}件、空き{len(plan.gaps)}件)。",
        data={"first": first, "last": last, "people": sorted(person.pk for person in people)},
    )
    return plan
