"""The made-up years of the watch: alerts worked, incidents run, month by month."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random

from yui.kernel.calendar_jp import TOKYO, Month, now
from yui.kernel.demonstration import Demonstration
from yui.kernel.scope.models import Organisation
from yui.organisations.public import User
from yui.security.soc.demo.words import ACCOUNTS, CATEGORY_WEIGHTS, CLOSE_WEIGHTS, HOSTS, INCIDENT_TITLES
from yui.security.soc.models import (
    Alert,
    AlertGroup,
    AlertState,
    DetectionRule,
    Incident,
    IncidentMoment,
    IncidentState,
    MomentKind,
    MomentSource,
)

SETTLED = timedelta(days=20)
"""What happened so long ago is worked off in the demonstration."""


@dataclass(frozen=True)
class History:
    """What was made for one ward."""

    groups: list[AlertGroup]
    alerts: list[Alert]
    incidents: list[Incident]
    moments: list[IncidentMoment]


def moment_in(random: Random, month: Month) -> datetime:
    """Return some moment of a month, more often in working hours."""
    day = random.randrange(1, month.last_day.day + 1)
    hour = random.choice((*range(24), *range(8, 19), *range(8, 19)))
    return datetime(
        month.first_day.year, month.first_day.month, day, hour, random.randrange(60), tzinfo=TOKYO
    )


def improvement(demo: Demonstration, month: Month) -> float:
    """Return how far the joint watch has got: 0 in the first month of the demonstration, 1 in the last."""
    months = demo.months
    return months.index(month) / max(1, len(months) - 1)


def make_history(
    demo: Demonstration,
    random: Random,
    ward: Organisation,
    rules: Sequence[DetectionRule],
    people: Sequence[User],
) -> History:
    """Make the ward's worked alerts and its incidents of all months; nothing newer than ``SETTLED``."""
    history = History([], [], [], [])
    until = now() - SETTLED
    weights = [1 + 3 * (4 - rule.level) for rule in rules]
    for month in demo.months:
        gain = improvement(demo, month)
        for _number in range(random.randint(4, 9)):
            group = _worked_group(random, ward, random.choices(rules, weights)[0], month, gain, people)
            if group.closed_at is None or group.closed_at > until:
                continue
            history.groups.append(group)
            history.alerts.extend(_alerts_of(random, group))
        if random.random() < 0.34:
            _add_incident(random, ward, month, gain, people, until, history)
    return history


def _worked_group(
    random: Random,
    ward: Organisation,
    rule: DetectionRule,
    month: Month,
    gain: float,
    people: Sequence[User],
) -> AlertGroup:
    first = moment_in(random, month)
    last = first + timedelta(minutes=random.randrange(0, 180))
    detected = first + timedelta(seconds=random.lognormvariate(2.5 - gain, 0.8) * 60)
    taken = detected + timedelta(minutes=random.lognormvariate(4.6 - 2.2 * gain, 0.7))
    closed = taken + timedelta(hours=random.lognormvariate(1.4 - 0.7 * gain, 0.8))
    host = f"{random.choice(HOSTS)}-{ward.code[2:5]}-{random.randrange(1, 400):04}"
    reason = random.choices(list(CLOSE_WEIGHTS), list(CLOSE_WEIGHTS.values()))[0]
    person = random.choice(people) if people else None
    return AlertGroup(
        organisation=ward,
        rule=rule,
        group_key=sha256(f"{rule.rule_id}|{host}|{first.isoformat()}".encode()).hexdigest(),
        opened_for=first,
        title=rule.title,
        level=rule.level,
        priority=rule.level * 10,
        host=host,
        user=random.choice(ACCOUNTS),
        count=random.randint(1, 3),
        first_event_at=first,
        last_event_at=last,
        detected_at=detected,
        state=AlertState.CLOSED,
        assignee=person,
        acknowledged_at=taken,
        closed_at=closed,
        closed_by=person,
        close_reason=reason,
    )


def _alerts_of(random: Random, group: AlertGroup) -> Iterator[Alert]:
    span = group.last_event_at - group.first_event_at
    for number in range(group.count):
        at = group.first_event_at + span * (number / max(1, group.count - 1))
        yield Alert(
            group=group,
            organisation=group.organisation,
            rule=group.rule,
            event_id=sha256(f"{group.group_key}|{number}".encode()).hexdigest()[:32],
            event_at=at,
            detected_at=max(at, group.detected_at),
            event={"Computer": group.host, "User": group.user},
            matched=[],
        )


def _add_incident(
    random: Random,
    ward: Organisation,
    month: Month,
    gain: float,
    people: Sequence[User],
    until: datetime,
    history: History,
) -> None:
    """Add one incident with all its times, unless it would end too late to be settled."""
    category = random.choices(list(CATEGORY_WEIGHTS), list(CATEGORY_WEIGHTS.values()))[0]
    times = _incident_times(random, month, gain)
    if max(times.values()) > until:
        return
    year = times[MomentKind.DETECTED].astimezone(TOKYO).year
    number = sum(each.number[7:11] == str(year) for each in history.incidents) + 1
    severity = random.choices((0, 1, 2), (2, 6, 3))[0]
    incident = Incident(
        organisation=ward,
        number=f"{ward.code}-{year}-{number:03}",
        title=random.choice(INCIDENT_TITLES[category]),
        category=category,
        state=IncidentState.CLOSED,
        severity=severity,
        summary="架空データのインシデントです。",
        commander=random.choice(people) if people else None,
    )
    history.incidents.append(incident)
    history.moments.extend(_moments(incident, times))


def _incident_times(random: Random, month: Month, gain: float) -> Mapping[MomentKind, datetime]:
    """Return the times of an incident; hours shrink as the joint watch learns (``gain`` 0 to 1)."""
    at = moment_in(random, month)
    times = {MomentKind.OCCURRED: at}
    for kind, middle, spread in (
        (MomentKind.DETECTED, 6.0 - 4.5 * gain, 0.9),
        (MomentKind.ACKNOWLEDGED, 0.9 - 0.6 * gain, 0.6),
        (MomentKind.DECLARED, 0.8, 0.5),
        (MomentKind.ESCALATED, 0.4, 0.4),
        (MomentKind.CONTAINMENT_STARTED, 2.0 - 1.2 * gain, 0.6),
        (MomentKind.CONTAINED, 26.0 - 15.0 * gain, 0.7),
        (MomentKind.ERADICATED, 14.0, 0.7),
        (MomentKind.RECOVERED, 20.0, 0.7),
        (MomentKind.REVIEWED, 60.0, 0.4),
        (MomentKind.CLOSED, 4.0, 0.4),
    ):
        at = at + timedelta(hours=middle * random.lognormvariate(0, spread))
        times[kind] = at
    return times


def _moments(incident: Incident, times: Mapping[MomentKind, datetime]) -> Iterator[IncidentMoment]:
    for kind, at in times.items():
        yield IncidentMoment(
            incident=incident,
            kind=kind,
            at=at,
            source=MomentSource.ALERT if kind == MomentKind.DETECTED else MomentSource.PERSON,
            recorded_by=None if kind == MomentKind.DETECTED else incident.commander,
            recorded_at=at + timedelta(minutes=4),
        )
