"""Makes adoptions for show: which wards took practices up, and what it brought them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils.timezone import localtime

from yui.kernel.calendar_jp import TOKYO, today
from yui.kernel.scope.models import Organisation
from yui.people.practices.demo.practice_words import CHANGES, NOT_NOW
from yui.people.practices.engine import adoption as engine
from yui.people.practices.engine.adoption import AdoptionState as State
from yui.people.practices.models import (
    Adoption,
    AdoptionEffect,
    AdoptionState,
    AdoptionStep,
    Practice,
    PracticeEffect,
    PracticeKind,
    PracticeState,
)

WAY = (State.CONSIDERING, State.TRIAL, State.INTRODUCED, State.MEASURED, State.ESTABLISHED)
PAUSES = (30, 45, 120, 90)
"""Days from one state to the next, on the average."""


def make_adoptions(
    random: Random,
    wards: Sequence[Organisation],
    people: dict[int, list[int]],
    practices: Sequence[Practice],
    effects: Sequence[PracticeEffect],
) -> None:
    """Let some wards take up what others published, and note what they found."""
    figures = {effect.version_id: effect for effect in effects if effect.position == 1}
    adoptions: list[Adoption] = []
    steps: list[AdoptionStep] = []
    own: list[AdoptionEffect] = []
    for practice in practices:
        if practice.state != PracticeState.PUBLISHED or practice.kind != PracticeKind.SUCCESS:
            continue
        origin = figures[practice.current_id or 0]
        others = [ward for ward in wards if ward.pk != practice.organisation_id]
        count = min(len(others), random.choices((0, 1, 2, 4, 7), (55, 22, 13, 7, 3))[0])
        for ward in random.sample(others, k=count):
            taken = _steps(random, localtime(practice.registered_at).date())
            if not taken:
                continue
            person = random.choice(people[ward.pk]) if people[ward.pk] else None
            adoption = _adoption(random, practice, ward, taken, person)
            adoptions.append(adoption)
            steps += [_step(random, adoption, each, person) for each in taken]
            if adoption.state in (AdoptionState.MEASURED, AdoptionState.ESTABLISHED):
                own.append(_own(random, adoption, origin, taken[-1].on, person))
    Adoption.objects.bulk_create(adoptions, batch_size=500)
    AdoptionStep.objects.bulk_create(steps, batch_size=500)
    AdoptionEffect.objects.bulk_create(own, batch_size=500)


def _steps(random: Random, registered: date) -> list[engine.Step]:
    """Return the way of one ward so far."""
    day = registered + timedelta(days=random.randrange(10, 200))
    found: list[engine.Step] = []
    for place, state in enumerate(WAY):
        if day >= today():
            break
        found.append(engine.Step(state, day))
        if place >= len(PAUSES):
            break
        day += timedelta(days=round(PAUSES[place] * random.uniform(0.4, 2)))
        ending = State.DECLINED if state in (State.CONSIDERING, State.TRIAL) else State.DISCONTINUED
        if random.random() < 0.12 and day < today():
            found.append(engine.Step(ending, day))
            break
    return found


def _adoption(
    random: Random, practice: Practice, ward: Organisation, taken: list[engine.Step], person: int | None
) -> Adoption:
    introduced = engine.introduced_on(taken)
    return Adoption(
        practice=practice,
        version=practice.current,
        of_ward=practice.organisation,
        ward=ward,
        state=AdoptionState(taken[-1].state.value),
        begun_on=taken[0].on,
        introduced_on=introduced,
        days_to_adopt=engine.days_to_adopt(taken),
        changed=random.choice(CHANGES) if introduced else "",
        begun_by_id=person,
    )


def _step(random: Random, adoption: Adoption, step: engine.Step, person: int | None) -> AdoptionStep:
    ended = step.state in engine.ENDED
    return AdoptionStep(
        adoption=adoption,
        state=step.state.value,
        on=step.on,
        note=random.choice(NOT_NOW) if ended else "",
        recorded_by_id=person,
        recorded_at=datetime.combine(step.on, time(15, 0), TOKYO),
    )


def _own(
    random: Random, adoption: Adoption, origin: PracticeEffect, day: date, person: int | None
) -> AdoptionEffect:
    before = (origin.before * Decimal(random.randrange(85, 125)) / 100).quantize(Decimal("0.1"))
    share = origin.after / origin.before + Decimal(random.randrange(-8, 15)) / 100
    grade = random.choices(("measured", "compared", "estimated"), (6, 2, 2))[0]
    return AdoptionEffect(
        adoption=adoption,
        lineage=origin.lineage,
        name=origin.name,
        unit=origin.unit,
        before=before,
        after=(before * share).quantize(Decimal("0.1")),
        volume_per_year=round((origin.volume_per_year or 0) * random.uniform(0.5, 1.6)),
        grade=grade,
        measured_on=None if grade == "estimated" else day,
        method="" if grade == "estimated" else "前後2週間ずつの記録",
        recorded_by_id=person,
    )
