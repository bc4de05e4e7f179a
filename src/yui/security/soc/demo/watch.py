"""Who is on duty: a month's rota of the joint body, the last hand-over, the steps of escalation."""

from collections.abc import Sequence
from datetime import timedelta

from yui.kernel.calendar_jp import now, today
from yui.kernel.demonstration import Demonstration
from yui.kernel.ledger.append import Act, append
from yui.kernel.links import urn
from yui.kernel.scope.models import Organisation
from yui.organisations.public import User
from yui.security.soc.engine.rota.duties import Person
from yui.security.soc.engine.rota.planning import plan_rota
from yui.security.soc.models import (
    AlertGroup,
    EscalationChannel,
    EscalationStep,
    Handover,
    Incident,
    Level,
    Shift,
    ShiftKind,
)
from yui.security.soc.queries.rota.calendar import HOURS

AHEAD = timedelta(days=21)


def make_watch(demo: Demonstration, body: Organisation, people: Sequence[User]) -> None:
    """Plan the rota around today, leave a hand-over, and say who is told when nobody answers."""
    plan = plan_rota(today().replace(day=1), today() + AHEAD, HOURS, [Person(user.pk) for user in people])
    shifts = Shift.objects.bulk_create(
        Shift(
            organisation=body,
            person_id=duty.person,
            kind=duty.kind,
            starts_at=duty.starts_at,
            ends_at=duty.ends_at,
            is_lead=duty.is_lead,
        )
        for duty in plan.duties
    )
    _hand_over(body, shifts, people)
    EscalationStep.objects.bulk_create(
        EscalationStep(
            organisation=body,
            position=position,
            minimum_level=level,
            after_minutes=minutes,
            channel=EscalationChannel.MAIL,
            target=f"{target}@soc.example",
            to_on_call=position == 1,
        )
        for position, level, minutes, target in (
            (1, Level.HIGH, 15, "duty"),
            (2, Level.HIGH, 30, "lead"),
            (3, Level.CRITICAL, 60, "ciso"),
        )
    )
    payload = {
        "summary": "架空データの当番を登録しました。",
        "changes": {},
        "data": {"shifts": len(shifts), "gaps": len(plan.gaps)},
    }
    append(body.code, [Act(demo.actor.name, "soc.seed", urn("soc.body", body.code), payload)])


def _hand_over(body: Organisation, shifts: Sequence[Shift], people: Sequence[User]) -> None:
    begun = [shift for shift in shifts if shift.starts_at <= now() and shift.kind != ShiftKind.ON_CALL]
    if not begun or not people:
        return
    last = max(begun, key=lambda shift: shift.starts_at)
    Handover.objects.create(
        organisation=body,
        shift_kind=last.kind,
        for_shift_at=last.starts_at,
        text=(
            "侵入の件は、端末2台を切り離し済み。認証情報の変更を区に依頼中。\n"
            "紛失タブレットの件は、速報の期限が近い。区の担当課が下書きを確認している。(架空)"
        ),
        open_alerts=AlertGroup.objects.open().count(),
        open_incidents=list(Incident.objects.open().values_list("number", flat=True)),
        written_by=people[-1],
        written_at=last.starts_at,
    )
