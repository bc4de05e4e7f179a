"""Try a rule on a ward's stored events; the hunt runs before the transaction that keeps its result."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from yui.kernel.calendar_jp import now
from yui.kernel.lake.reach import Reach
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.engine.sigma.loading import load_rules
from yui.security.soc.event_store.reading import Span
from yui.security.soc.event_store.retro_hunt import Found, retro_hunt
from yui.security.soc.models import DetectionRule, RuleKind, RuleTrial
from yui.security.soc.operations.rules.errors import RuleNotEvaluable
from yui.security.soc.operations.rules.record_trial import MOST_EXAMPLES, TrialFacts, record_trial
from yui.security.soc.operations.rules.standing import require_usable
from yui.security.soc.queries.rules.audit_routes import audit_routes

MOST_MATCHES = 10_000
LONGEST_VALUE = 300
HOST_FIELDS = ("Computer", "host.name", "hostname", "Hostname", "host", "device.hostname")


def try_rule(actor: Actor, *, ward: Organisation, rule: DetectionRule, days: int) -> RuleTrial:
    """Hunt for a rule in the ward's events of the last days, and keep what was found.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        RuleIsRetired, RuleNotEvaluable: when the rule does not run, or looks at more than single events.
    """
    require_usable(rule)
    if rule.kind != RuleKind.EVENT:
        raise RuleNotEvaluable(
            rule.title, "保存したログで試せるのは、単独のルールだけです / only rules on single events"
        )
    until = now()
    since = until - timedelta(days=days)
    span = Span(int(since.timestamp() * 1_000_000), int(until.timestamp() * 1_000_000))
    routes = audit_routes([ward])[ward.code]
    loaded = load_rules([(rule.rule_id, rule.source)], groups=routes)
    reach = Reach(frozenset({ward.code}), None, "the ward whose events the rule is tried on")
    hunt = retro_hunt(reach, loaded.rules, span, wards=[ward.code], groups=routes, most=MOST_MATCHES)
    hosts = {host for one in hunt.found if (host := host_of(one.event.record.fields))}
    facts = TrialFacts(
        since=since,
        until=until,
        events=hunt.events,
        matches=len(hunt.found),
        hosts=len(hosts),
        examples=[_example(one) for one in hunt.found[:MOST_EXAMPLES]],
    )
    return record_trial(actor, ward=ward, rule=rule, facts=facts)


def host_of(fields: Mapping[str, Any]) -> str:
    """Return the computer that an event names, empty where it names none."""
    return next((str(fields[name]) for name in HOST_FIELDS if fields.get(name)), "")


def _example(found: Found) -> dict[str, Any]:
    """Return what a page shows of a match: when, where, and what the rule saw."""
    return {
        "event_id": found.event.event_id.hex(),
        "time": found.event.time,
        "host": host_of(found.event.record.fields)[:LONGEST_VALUE],
        "matched": [[atom.field or "", str(atom.value)[:LONGEST_VALUE]] for atom in found.match.atoms[:5]],
    }
