"""What rules raised in a ward's current hour: read before alerts are stored, written and told with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from yui.kernel.events.publish import publish
from yui.kernel.links import urn
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.engine.triage.flooding import HourLoad, hour_of
from yui.security.soc.models import DetectionRule, RuleLoad
from yui.security.soc.policies import watching_bodies

TOLD_AGAIN = timedelta(hours=24)


@dataclass
class RuleHour:
    """A rule with its load of the hour; ``before`` is how many were held when it was read."""

    rule: DetectionRule
    row: RuleLoad
    load: HourLoad
    before: int

    @property
    def held_now(self) -> int:
        """Return how many matches were held since the load was read."""
        return self.load.held - self.before


def loads_of(ward: Organisation, detected: Iterable[tuple[DetectionRule, datetime]]) -> dict[int, RuleHour]:
    """Return the loads of rules by their keys, for the hour of each one's latest match.

    The caller holds the lock of the ward. A match of an hour before the stored one counts in the later hour.
    """
    rules: dict[int, DetectionRule] = {}
    hours: dict[int, datetime] = {}
    for rule, moment in detected:
        rules[rule.pk] = rule
        hours[rule.pk] = max(hours.get(rule.pk, moment), moment)
    rows = {row.rule_id: row for row in RuleLoad.objects.owned_by(ward).filter(rule__in=list(rules))}
    found = {}
    for key, rule in rules.items():
        row = rows.get(key) or RuleLoad(organisation=ward, rule=rule, hour=hour_of(hours[key]))
        if row.hour < hour_of(hours[key]):
            row.hour, row.raised, row.held = hour_of(hours[key]), 0, 0
        found[key] = RuleHour(rule, row, HourLoad(rule.hourly_limit, row.raised, row.held), row.held)
    return found


def store_loads(actor: Actor, ward: Organisation, hours: Mapping[int, RuleHour], moment: datetime) -> None:
    """Write the loads, and tell the ward and those who watch it of rules that flood, at most once a day.

    Args:
        moment: now.
    """
    flooding = []
    for each in hours.values():
        row = each.row
        row.raised, row.held, row.updated_at = each.load.raised, each.load.held, moment
        if each.held_now > 0:
            row.flooded_at = moment
            if row.told_at is None or moment - row.told_at >= TOLD_AGAIN:
                row.told_at = moment
                flooding.append(each.rule)
    RuleLoad.objects.owned_by(ward).bulk_create(
        [each.row for each in hours.values()],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["organisation", "rule"],
        update_fields=["hour", "raised", "held", "flooded_at", "told_at", "updated_at"],
    )
    if flooding:
        _tell(actor, ward, flooding)


def _tell(actor: Actor, ward: Organisation, rules: Sequence[DetectionRule]) -> None:
    for owner in {body.pk: body for body in (ward, *watching_bodies(ward))}.values():
        for rule in rules:
            publish(
                kind="soc.rule.flood",
                organisation=owner,
                subject=urn("soc.rule", rule.pk),
                summary=(
                    f"{ward.name_ja}: ルール「{rule.title[:200]}」が1時間の上限({rule.hourly_limit:,}件)を"
                    "超えました。超えた分は数だけを記録します。"
                ),
                actor_name=actor.name,
                data={},
            )
