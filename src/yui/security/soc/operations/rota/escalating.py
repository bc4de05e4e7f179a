"""Tells people of alerts that nobody took; messages are sent outside any transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import TOKYO, now, today
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.security.soc.engine.rota.duties import ON_CALL
from yui.security.soc.models import (
    AlertGroup,
    AlertState,
    Entrustment,
    EscalationChannel,
    EscalationStep,
    Level,
    Notice,
)
from yui.security.soc.operations.rota.sending import (
    LONGEST_ERROR,
    SendingFailed,
    addresses_in,
    post_webhook,
    send_mail,
)
from yui.security.soc.policies import joint_body
from yui.security.soc.queries.rota.calendar import on_duty

WHY = "the joint body escalates what it watches"
MOST_ATTEMPTS = 5
MOST_AT_ONCE = 200
MOST_LISTED = 20
SUBJECT = "yui:soc.alert:"


@dataclass(frozen=True)
class Escalated:
    """What one look came to: alerts told, and alerts of which telling failed."""

    told: int
    failed: int


def escalate(actor: Actor) -> Escalated:
    """Take every step whose time has come, once for each group of alerts; failures are tried again later.

    Call it every minute. One message tells of all groups that a step has to tell of.
    """
    told = failed = 0
    body = joint_body()
    for step in EscalationStep.objects.owned_by(body).select_related("organisation"):
        groups = list(waiting_groups(step)[:MOST_AT_ONCE])
        if not groups:
            continue
        error = _send(actor, step, groups)
        record_notices(actor, step=step, subjects=[urn("soc.alert", g.pk) for g in groups], error=error)
        told, failed = (told, failed + len(groups)) if error else (told + len(groups), failed)
    return Escalated(told, failed)


def waiting_groups(step: EscalationStep) -> QuerySet[AlertGroup]:
    """Return the groups that the step has to tell of now, the oldest first."""
    moment = now()
    watched = Entrustment.objects.unscoped(WHY).valid_on(today()).filter(body=step.organisation)
    notices = Notice.objects.unscoped(WHY).filter(step=step)
    subject = Concat(Value(SUBJECT), Cast(OuterRef("pk"), CharField()))
    over = Q(sent_at__isnull=False) | Q(attempts__gte=MOST_ATTEMPTS)
    resting = [
        int(notice.subject.rpartition(":")[2])
        for notice in notices.exclude(over)
        if not may_try_again(notice, moment)
    ]
    groups: QuerySet[AlertGroup] = (
        AlertGroup.objects.unscoped(WHY)
        .filter(
            state=AlertState.NEW,
            level__gte=step.minimum_level,
            detected_at__lte=moment - timedelta(minutes=step.after_minutes),
            organisation__in=watched.values("organisation_id"),
        )
        .exclude(Exists(notices.filter(over, subject=subject)))
        .exclude(pk__in=resting)
    )
    return groups.select_related("organisation", "rule").order_by("detected_at", "pk")


def may_try_again(notice: Notice, moment: datetime) -> bool:
    """Return whether a notice that failed is due again: after 1, 2, 4 and 8 minutes, five times in all."""
    if notice.sent_at is not None or notice.attempts >= MOST_ATTEMPTS:
        return False
    return moment >= notice.tried_at + timedelta(minutes=2 ** (notice.attempts - 1))


def _send(actor: Actor, step: EscalationStep, groups: Sequence[AlertGroup]) -> str:
    """Send the message of a step; return why it failed, empty where it did not."""
    try:
        if step.channel == EscalationChannel.WEBHOOK:
            post_webhook(step.target, webhook_payload(step, groups))
        else:
            send_mail(_recipients(actor, step), mail_subject(groups), mail_text(groups))
    except SendingFailed as error:
        return str(error) or type(error).__name__
    return ""


def _recipients(actor: Actor, step: EscalationStep) -> list[str]:
    found = addresses_in(step.target)
    if step.to_on_call:
        found += [s.person.email for s in on_duty(actor, now()) if s.kind == ON_CALL and s.person.email]
    return list(dict.fromkeys(found))


def mail_subject(groups: Sequence[AlertGroup]) -> str:
    """Return a subject without anything that came from an event."""
    worst = Level(max(group.level for group in groups)).label
    return _("[Yui SOC] 着手されていない検知 %(count)s件(最も重いもの: %(level)s)") % {
        "count": len(groups),
        "level": worst,
    }


def mail_text(groups: Sequence[AlertGroup]) -> str:
    """Return the list of the groups: ward, level, rule and time; nothing of the events themselves."""
    lines = [
        f"- {group.organisation.name_ja} [{group.get_level_display()}] {group.rule.title} "
        f"{group.detected_at.astimezone(TOKYO):%Y-%m-%d %H:%M} {group.get_absolute_url()}"
        for group in groups[:MOST_LISTED]
    ]
    if len(groups) > MOST_LISTED:
        lines.append(_("ほか %(count)s件") % {"count": len(groups) - MOST_LISTED})
    return "\n".join([_("次の検知に、だれも着手していません。"), "", *lines])


def webhook_payload(step: EscalationStep, groups: Sequence[AlertGroup]) -> dict[str, Any]:
    """Return what a webhook gets; nothing of the events themselves."""
    return {
        "kind": "soc.alert.unacknowledged",
        "step": step.position,
        "count": len(groups),
        "alerts": [
            {
                "subject": urn("soc.alert", group.pk),
                "ward": group.organisation.code,
                "level": Level(group.level).name.lower(),
                "title": group.rule.title,
                "detected_at": group.detected_at.isoformat(),
                "url": group.get_absolute_url(),
            }
            for group in groups[:MOST_LISTED]
        ],
    }


@operation("soc.escalation.notify")
def record_notices(actor: Actor, *, step: EscalationStep, subjects: Sequence[str], error: str) -> None:
    """Keep that a step told of subjects, or why it could not.

    Raises:
        PermissionRefused: when the actor may not edit for the joint body.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    moment = now()
    known = {
        notice.subject: notice
        for notice in Notice.objects.owned_by(body).filter(step=step, subject__in=subjects)
    }
    for notice in known.values():
        notice.attempts += 1
        notice.tried_at, notice.error = moment, error[:LONGEST_ERROR]
        notice.sent_at = None if error else moment
    Notice.objects.owned_by(body).bulk_update(known.values(), ["attempts", "tried_at", "error", "sent_at"])
    Notice.objects.bulk_create(
        [
            Notice(
                step=step,
                subject=subject,
                tried_at=moment,
                sent_at=None if error else moment,
                error=error[:LONGEST_ERROR],
            )
            for subject in subjects
            if subject not in known
        ]
    )
    outcome = f"送れませんでした({error[:80]})" if error else "知らせました"
    record(
        body,
        subject=urn("soc.escalation", step.pk),
        summary=f"着手されていない検知{len(subjects)}件を、上申の手順{step.position}で{outcome}。",
        data={"subjects": list(subjects)[:MOST_LISTED], "count": len(subjects)},
    )
