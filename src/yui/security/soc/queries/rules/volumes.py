"""How much a rule raised, and how often that was a false alarm; from groups, since alerts are too many."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from yui.kernel.calendar_jp import TOKYO, now, today
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import AlertGroup, AlertState, CloseReason

VOLUME_DAYS = 30
JUDGED_DAYS = 90
NOT_JUDGED = (CloseReason.DUPLICATE, CloseReason.EXERCISE)


@dataclass(frozen=True)
class RuleVolume:
    """What a rule raised, as far as the reader may see it.

    Attributes:
        alerts: matches of groups that were first detected within 30 days.
        held: those of them that were beyond the rule's hourly limit and only counted.
        groups: those groups.
        judged: groups of the last 90 days that were closed as true, harmless or false.
        false: those closed as false alarms.
    """

    alerts: int = 0
    held: int = 0
    groups: int = 0
    judged: int = 0
    false: int = 0

    @property
    def false_share(self) -> float | None:
        """The share of false alarms among the judged groups (0 to 1); None where none was judged."""
        return self.false / self.judged if self.judged else None


NOTHING = RuleVolume()


def _groups(actor: Actor, ward: Organisation | None, days: int) -> QuerySet:
    groups = AlertGroup.objects.visible_to(actor).filter(detected_at__gte=now() - timedelta(days=days))
    return groups.filter(organisation=ward) if ward is not None else groups


def volumes(
    actor: Actor, *, ward: Organisation | None = None, rules: Collection[int] | None = None
) -> Mapping[int, RuleVolume]:
    """Return the volume of rules by key, in one query; rules that raised nothing are left out.

    Args:
        ward: count this ward alone, if the reader may see it.
        rules: keys of the rules asked for; all without.
    """
    groups = _groups(actor, ward, JUDGED_DAYS)
    if rules is not None:
        groups = groups.filter(rule_id__in=list(rules))
    recent = Q(detected_at__gte=now() - timedelta(days=VOLUME_DAYS))
    judged = Q(state=AlertState.CLOSED) & ~Q(close_reason__in=NOT_JUDGED)
    rows = (
        groups.order_by()
        .values("rule_id")
        .annotate(
            alerts=Sum("count", filter=recent),
            held=Sum("held", filter=recent),
            groups=Count("pk", filter=recent),
            judged=Count("pk", filter=judged),
            false=Count("pk", filter=judged & Q(close_reason=CloseReason.FALSE_POSITIVE)),
        )
    )
    return {
        row["rule_id"]: RuleVolume(
            row["alerts"] or 0, row["held"] or 0, row["groups"], row["judged"], row["false"]
        )
        for row in rows
    }


def daily_volume(
    actor: Actor, rule: int, *, ward: Organisation | None = None
) -> tuple[tuple[date, int], ...]:
    """Return the alerts of one rule for each of the last 30 days, by the day of their group's detection."""
    rows = (
        _groups(actor, ward, VOLUME_DAYS)
        .filter(rule_id=rule)
        .order_by()
        .values(day=TruncDate("detected_at", tzinfo=TOKYO))
        .annotate(alerts=Sum("count"))
    )
    found = {row["day"]: row["alerts"] for row in rows}
    days = (today() - timedelta(days=back) for back in range(VOLUME_DAYS - 1, -1, -1))
    return tuple((day, found.get(day, 0)) for day in days)
