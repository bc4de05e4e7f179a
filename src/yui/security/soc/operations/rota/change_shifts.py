"""Add, change, swap and remove single shifts."""

from dataclasses import dataclass
from datetime import datetime

from yui.kernel.calendar_jp import TOKYO, today
from yui.kernel.links import urn
from yui.kernel.operations import field_changes, operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.organisations.public import User
from yui.security.soc.engine.rota.checking import TroubleKind, breaks
from yui.security.soc.models import Shift
from yui.security.soc.operations.rota.errors import NotOnTheWatch, SamePersonTwice, TooLittleRest
from yui.security.soc.operations.rota.words import TROUBLE_WORDS
from yui.security.soc.policies import joint_body
from yui.security.soc.queries.rota.calendar import RULES, duty_of
from yui.security.soc.queries.rota.people import watch_people


@dataclass(frozen=True)
class ShiftFacts:
    """Who is on duty, how and when; ``reason`` lets a shift stand that breaks a rule of rest."""

    person: User
    kind: str
    starts_at: datetime
    ends_at: datetime
    is_lead: bool = False
    reason: str = ""


@operation("soc.shift.add")
def add_shift(actor: Actor, *, facts: ShiftFacts) -> Shift:
    """Put somebody on duty.

    Raises:
        PermissionRefused: when the actor may not edit for the joint body.
        NotOnTheWatch: when the person does not work for the joint body.
        TooLittleRest: when the shift breaks a rule of rest and no reason is given.
        ValidationError: when the times are not in order, or the person is on duty then already.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    shift = Shift(organisation=body)
    _give(body, shift, facts)
    _save(shift)
    record(
        body,
        subject=urn("soc.shift", shift.pk),
        summary=f"{_when(shift)}の{shift.get_kind_display()}に{shift.person.name_ja}さんを入れました。",
        data={"reason": facts.reason},
    )
    return shift


@operation("soc.shift.change")
def change_shift(actor: Actor, *, shift: Shift, facts: ShiftFacts) -> None:
    """Change who is on duty, or when.

    Raises:
        As ``add_shift``.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    stored = Shift.objects.owned_by(body).select_for_update(of=("self",)).get(pk=shift.pk)
    names = ("person_id", "kind", "starts_at", "ends_at", "is_lead")
    before = {name: getattr(stored, name) for name in names}
    _give(body, stored, facts)
    _save(stored)
    record(
        body,
        subject=urn("soc.shift", stored.pk),
        summary=f"{_when(stored)}の{stored.get_kind_display()}を変えました。",
        changes=field_changes(before, {name: getattr(stored, name) for name in names}),
        data={"reason": facts.reason},
    )


@operation("soc.shift.swap")
def swap_shifts(actor: Actor, *, one: Shift, other: Shift, reason: str = "") -> None:
    """Let two people take each other's shift.

    Raises:
        PermissionRefused: when the actor may not edit for the joint body.
        SamePersonTwice: when both shifts are one person's.
        TooLittleRest: when either would break a rule of rest and no reason is given.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    stored = Shift.objects.owned_by(body).select_for_update(of=("self",)).select_related("person")
    first, second = stored.get(pk=one.pk), stored.get(pk=other.pk)
    if first.person_id == second.person_id:
        raise SamePersonTwice
    first.person, second.person = second.person, first.person
    if not reason:
        for shift in (first, second):
            _require_rest(body, shift, without={first.pk, second.pk})
    # A person may hold one shift at a time, also between the two statements.
    if first.starts_at == second.starts_at:
        first.kind, second.kind = second.kind, first.kind
        first.is_lead, second.is_lead = second.is_lead, first.is_lead
        first.ends_at, second.ends_at = second.ends_at, first.ends_at
        first.person, second.person = second.person, first.person
    for shift in (first, second):
        _save(shift)
    record(
        body,
        subject=urn("soc.shift", first.pk),
        summary=f"{_when(first)}と{_when(second)}の当番を入れかえました。",
        data={"other": second.pk, "reason": reason},
    )


@operation("soc.shift.remove")
def remove_shift(actor: Actor, *, shift: Shift) -> None:
    """Take a shift off the rota; the ledger keeps that it was there.

    Raises:
        PermissionRefused: when the actor may not edit for the joint body.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    stored = Shift.objects.owned_by(body).select_related("person").get(pk=shift.pk)
    record(
        body,
        subject=urn("soc.shift", stored.pk),
        summary=f"{_when(stored)}の{stored.get_kind_display()}から{stored.person.name_ja}さんを外しました。",
        data={"person": stored.person_id, "starts_at": stored.starts_at, "ends_at": stored.ends_at},
    )
    stored.delete()


def _give(body: Organisation, shift: Shift, facts: ShiftFacts) -> None:
    """Give a shift its facts after asking whether they may be."""
    if not watch_people(body, today()).filter(pk=facts.person.pk).exists():
        raise NotOnTheWatch(facts.person.name_ja)
    shift.person, shift.kind = facts.person, facts.kind
    shift.starts_at, shift.ends_at, shift.is_lead = facts.starts_at, facts.ends_at, facts.is_lead
    if not facts.reason.strip():
        _require_rest(body, shift, without={shift.pk})


def _require_rest(body: Organisation, shift: Shift, *, without: set[int | None]) -> None:
    near = Shift.objects.owned_by(body).filter(person_id=shift.person_id)
    others = [duty_of(other) for other in near if other.pk not in without]
    broken = breaks(duty_of(shift), others, RULES)
    if broken is not None:
        raise TooLittleRest(str(TROUBLE_WORDS[TroubleKind(broken)]))


def _save(shift: Shift) -> None:
    shift.full_clean()
    shift.save()


def _when(shift: Shift) -> str:
    return f"{shift.starts_at.astimezone(TOKYO):%Y-%m-%d %H:%M}"
