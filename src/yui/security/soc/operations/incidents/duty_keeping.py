"""Keeps the papers of an incident in step with its facts; what was sent never vanishes."""

from datetime import datetime

from yui.security.soc.engine.duties import DutyCode, DutyFact, duties_of
from yui.security.soc.engine.incidents import Kind
from yui.security.soc.models import Duty, DutyState, Incident
from yui.security.soc.queries.incidents.duty_case import duty_case
from yui.security.soc.queries.incidents.moments import WHY, standing_of

OPEN_STATES = (DutyState.PENDING, DutyState.DRAFTED)
SENT_STATES = (DutyState.SENT, DutyState.RECEIVED)
OF_THE_LEAK = frozenset(
    {
        DutyCode.PPC_PRELIMINARY,
        DutyCode.PPC_FINAL,
        DutyCode.PEOPLE_CONCERNED,
        DutyCode.NCO_FORM,
        DutyCode.POLICE,
    }
)


def keep_duties(incident: Incident) -> list[str]:
    """Bring the duties of the present round up to date with the facts.

    New ones appear, those whose facts are gone say so, dates follow the facts; what was sent, and what a
    person judged not required, stays as it is. The caller holds the incident's lock.

    Returns:
        One Japanese line for each change, for the ledger.
    """
    standing = standing_of(incident)
    kept = {
        duty.code: duty for duty in Duty.objects.unscoped(WHY).filter(incident=incident, round=incident.round)
    }
    done_before = _sent_in_earlier_rounds(incident)
    known_anew = (
        incident.leak_known_at is not None
        and incident.leak_known_at >= standing[incident.round, Kind.DETECTED].at
    )
    lines = []
    for fact in duties_of(duty_case(incident, standing)):
        if fact.code in done_before and fact.code in OF_THE_LEAK and not known_anew:
            continue
        lines += _keep(incident, kept.get(fact.code), fact)
    return lines


def _sent_in_earlier_rounds(incident: Incident) -> set[str]:
    """Return the codes of papers that an earlier round sent: the same leak is not reported twice."""
    if incident.round == 1:
        return set()
    sent = Duty.objects.unscoped(WHY).filter(
        incident=incident, round__lt=incident.round, state__in=SENT_STATES
    )
    return set(sent.order_by().values_list("code", flat=True))


def _keep(incident: Incident, duty: Duty | None, fact: DutyFact) -> list[str]:
    """Bring one duty up to date."""
    title = fact.title.ja
    if duty is None:
        if not fact.applies:
            return []
        Duty.objects.create(incident=incident, code=fact.code.value, round=incident.round, due_at=fact.due_at)
        return [f"「{title}」が必要になりました({fact.why.ja})"]
    if duty.state in SENT_STATES or duty.waived_by_id is not None:
        return []
    if not fact.applies:
        return _withdraw(duty, fact)
    if duty.state == DutyState.NOT_REQUIRED:
        duty.state, duty.reason = DutyState.DRAFTED if duty.drafted_at else DutyState.PENDING, ""
        _date(duty, fact.due_at)
        return [f"「{title}」がまた必要になりました({fact.why.ja})"]
    if duty.due_at != fact.due_at:
        _date(duty, fact.due_at)
        return [f"「{title}」の期限が変わりました"]
    return []


def _withdraw(duty: Duty, fact: DutyFact) -> list[str]:
    """Say of a duty that the facts no longer call for it."""
    if duty.state == DutyState.NOT_REQUIRED:
        return []
    duty.state = DutyState.NOT_REQUIRED
    duty.reason = f"{fact.why.ja} / {fact.why.en}"[:300]
    _date(duty, None)
    return [f"「{fact.title.ja}」は不要になりました({fact.why.ja})"]


def _date(duty: Duty, due_at: datetime | None) -> None:
    """Give a duty its date; a changed date is reminded of anew."""
    duty.due_at, duty.warned_at, duty.overdue_told_at = due_at, None, None
    duty.save()
