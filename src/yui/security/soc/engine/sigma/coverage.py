"""Whether a rule can ever match what a ward sends, so that a rule that is blind is never taken for
silence.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from yui.security.soc.engine.records import LogSource
from yui.security.soc.engine.sigma.conditions import required_fields
from yui.security.soc.engine.sigma.nodes import All, Atom, Node, Not, Op
from yui.security.soc.engine.sigma.routing import Route, routes_of
from yui.security.soc.engine.sigma.rules import Rule, Unsupported


class RuleState(StrEnum):
    """What is known about a rule."""

    EVALUABLE = "evaluable"
    FIELD_NEVER_SEEN = "field_never_seen"
    UNSUPPORTED = "unsupported"


class RuleCoverage(NamedTuple):
    """The state of one rule.

    Attributes:
        rule_id: whose.
        state: evaluable, blind for want of fields, or not to be evaluated at all.
        missing: fields that no fitting source ever carried, as the rule spells them; an evaluable rule may
            have some in one of its alternatives.
        source_seen: whether any record of its log source was ever seen.
        reason: why it is unsupported, else empty.
    """

    rule_id: str
    state: RuleState
    missing: tuple[str, ...] = ()
    source_seen: bool = True
    reason: str = ""


def coverage(
    rules: Iterable[Rule],
    seen: Mapping[LogSource, frozenset[str]],
    unsupported: Iterable[Unsupported] = (),
    groups: frozenset[str] = frozenset(),
) -> list[RuleCoverage]:
    """Return the state of every rule.

    Args:
        rules: rules that can be evaluated.
        seen: the names of the fields ever carried by the records of each log source.
        unsupported: rules that cannot.
        groups: optional routes followed (``routing.routes_of``).
    """
    folded = {source: frozenset(name.casefold() for name in names) for source, names in seen.items()}
    states = [_state(rule, folded, groups) for rule in rules]
    states += [RuleCoverage(one.id, RuleState.UNSUPPORTED, reason=one.reason) for one in unsupported]
    return states


def _state(rule: Rule, seen: Mapping[LogSource, frozenset[str]], groups: frozenset[str]) -> RuleCoverage:
    names = required_fields(rule)
    lacking: set[str] | None = None
    possible = source_seen = False
    for route in routes_of(rule.logsource, groups):
        fields = _carried(route, seen)
        if fields is None:
            continue
        source_seen = True
        rename = dict(route.rename)
        possible = possible or _value(rule.tree, fields, rename) is not False
        missing = {name for name in names if rename.get(name.casefold(), name.casefold()) not in fields}
        lacking = missing if lacking is None else lacking & missing
    missed = tuple(name for name in names if lacking is None or name in lacking)
    state = RuleState.EVALUABLE if possible else RuleState.FIELD_NEVER_SEEN
    return RuleCoverage(rule.id, state, missed, source_seen)


def _carried(route: Route, seen: Mapping[LogSource, frozenset[str]]) -> frozenset[str] | None:
    """Return the fields carried by the sources that a route takes; None where there is none."""
    fitting = [
        fields
        for source, fields in seen.items()
        if route.fits(source) and all(field in fields for field, _ in route.where)
    ]
    return frozenset().union(*fitting) if fitting else None


def _value(node: Node, fields: frozenset[str], rename: Mapping[str, str]) -> bool | None:
    """Return what a tree is for lack of fields; None where it depends on values."""
    if isinstance(node, Atom):
        if node.field is None or rename.get(node.field, node.field) in fields:
            return None
        return node.op is Op.NULL or (node.op is Op.EXISTS and node.literal != "true")
    if isinstance(node, Not):
        value = _value(node.item, fields, rename)
        return None if value is None else not value
    values = [_value(item, fields, rename) for item in node.items]
    decisive = not isinstance(node, All)
    if decisive in values:
        return decisive
    return None if None in values else not decisive
