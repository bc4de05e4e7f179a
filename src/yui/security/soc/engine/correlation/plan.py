"""The rules as they run, and what a correlator holds at most."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from yui.security.soc.engine.correlation.readers import Reader, carried_fields, readers_of
from yui.security.soc.engine.correlation.rules import CorrelationRule, CorrelationType


@dataclass(frozen=True)
class Limits:
    """What a correlator holds at most; what does not fit is counted, never dropped in silence.

    Attributes:
        groups: groups per ward over all rules; one rule may take half of them.
        events: events per group (more where a rule counts to more); beyond, the older half is let go.
        waiting: undecided matches per ward; beyond, the older half is decided early.
        future_us: how far past the clock a time may lie, where a clock is given.
    """

    groups: int = 50_000
    events: int = 10_000
    waiting: int = 200_000
    future_us: int = 600_000_000


@dataclass(frozen=True)
class Plan:
    """Rules in the order of their references, and who reads whom.

    Attributes:
        readers: the correlations that read each rule id.
        carried: for each correlation, the event fields that those reading it ask for.
    """

    rules: tuple[CorrelationRule, ...]
    readers: dict[str, tuple[Reader, ...]]
    carried: dict[str, tuple[str, ...]]

    @staticmethod
    def most_events(rule: CorrelationRule, most: int) -> int:
        """Return how many events a group of a rule holds: twice what it must count, at least ``most``."""
        if rule.type is not CorrelationType.EVENT_COUNT:
            return most
        return max([most, *(2 * int(bound.number) + 2 for bound in rule.bounds)])

    def fingerprint(self, rule: CorrelationRule) -> str:
        """Return a hash of what decides a rule's alerts; stored windows are good only for the same one."""
        words = (
            rule.type.value,
            rule.references,
            rule.group_by,
            rule.timespan_us,
            rule.bounds,
            rule.expression and [(sorted(one.present), sorted(one.absent)) for one in rule.expression.terms],
            rule.percentile,
            self.carried[rule.identifier],
        )
        return hashlib.sha256(repr(words).encode(errors="replace")).hexdigest()[:32]


def plan_of(rules: Sequence[CorrelationRule]) -> Plan:
    """Return the plan of some rules, as ``parse_correlations`` orders them.

    Raises:
        ValueError: when two rules share an id, or one reads a rule that comes after it.
    """
    identifiers = [rule.identifier for rule in rules]
    for position, rule in enumerate(rules):
        later = set(identifiers[position:])
        clashing = sorted({one.rule_id for one in rule.references} & later)
        if identifiers.count(rule.identifier) > 1 or clashing:
            raise ValueError(
                f"相関ルール {rule.identifier} の順序か id が正しくありません。parse_correlations の結果を"
                f"使ってください。 The correlation {rule.identifier} stands before one that it reads, "
                "or its id is not its own: use what parse_correlations returns."
            )
    return Plan(tuple(rules), readers_of(rules), carried_fields(rules))
