"""What is open when a shift ends: the draft of a hand-over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import TOKYO
from yui.kernel.policy import Actor
from yui.security.soc.engine.rota.duties import NIGHT, ON_CALL, slots_between
from yui.security.soc.models import AlertGroup, Incident, Level
from yui.security.soc.queries.rota.calendar import HOURS

MOST_LISTED = 15


@dataclass(frozen=True)
class HandoverDraft:
    """What a new note begins with.

    Attributes:
        shift_kind: the kind of shift that runs.
        for_shift_at: when the next one begins.
        text: the open incidents and the gravest open alerts.
        open_alerts: how many groups are open.
        open_incidents: numbers of the open incidents.
    """

    shift_kind: str
    for_shift_at: datetime
    text: str
    open_alerts: int
    open_incidents: tuple[str, ...]


def next_shift(moment: datetime) -> tuple[str, datetime]:
    """Return the kind of shift that runs at a moment, and when the next one begins."""
    day = moment.astimezone(TOKYO).date()
    slots = [
        slot
        for slot in slots_between(day - timedelta(days=1), day + timedelta(days=1), HOURS)
        if slot.hours.kind != ON_CALL
    ]
    following = next(slot for slot in slots if slot.starts_at > moment)
    running = [slot for slot in slots if slot.starts_at <= moment < slot.ends_at]
    return (running[-1].hours.kind if running else NIGHT), following.starts_at


def handover_draft(actor: Actor, moment: datetime) -> HandoverDraft:
    """Return a draft from what ``actor`` may see, in three queries."""
    kind, begins = next_shift(moment)
    open_groups = AlertGroup.objects.visible_to(actor).open()
    by_level = dict(open_groups.order_by().values_list("level").annotate(number=Count("pk")))
    gravest = open_groups.filter(level__gte=Level.HIGH).select_related("organisation")[:MOST_LISTED]
    incidents = list(Incident.objects.visible_to(actor).open().select_related("organisation"))
    lines = [_("■ 続いているインシデント")]
    lines += [
        f"- {one.number} {one.organisation.name_ja} {one.title}({one.get_state_display()})"
        for one in incidents[:MOST_LISTED]
    ] or [_("- なし")]
    lines += ["", _("■ 未完了の重い検知")]
    lines += [
        f"- {group.organisation.name_ja} [{group.get_level_display()}] {group.title} {group.host}"
        for group in gravest
    ] or [_("- なし")]
    lines += ["", _("■ 見ていてほしいこと"), "- "]
    return HandoverDraft(
        kind, begins, "\n".join(lines), sum(by_level.values()), tuple(one.number for one in incidents)
    )
