"""How each correlation reads a match: its group, its value, and what others will want to know of it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from yui.security.soc.engine.correlation.rules import NUMERIC_TYPES, CorrelationRule, Number
from yui.security.soc.engine.correlation.values import comparable, field_value, measured, number


class Reader(NamedTuple):
    """One correlation reading the matches of one rule.

    Attributes:
        correlation: position of the correlation.
        reference: position of the rule among its references.
        group_fields: event fields of the group.
        value_fields: event fields of the measured value.
        numeric: whether the value must be a number.
        carried: event fields that correlations reading this one ask for.
    """

    correlation: int
    reference: int
    group_fields: tuple[str, ...]
    value_fields: tuple[str, ...]
    numeric: bool
    carried: tuple[str, ...]

    def group(self, fields: Mapping[str, Any]) -> tuple[str, ...] | None:
        """Return the group's values; None when every group-by field is absent or empty."""
        if not self.group_fields:
            return ()
        values = tuple([comparable(field_value(fields, name)) for name in self.group_fields])
        return values if any(values) else None

    def value(self, fields: Mapping[str, Any]) -> str | Number | None:
        """Return the measured value; None when it is absent, or no number where one is needed."""
        if not self.value_fields:
            return ""
        if self.numeric:
            return number(field_value(fields, self.value_fields[0]))
        return measured(fields, self.value_fields) or None

    def carry(self, fields: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
        """Return the values that correlations reading this one ask for: one combination."""
        if not self.carried:
            return ()
        return (tuple([comparable(field_value(fields, name)) for name in self.carried]),)


def readers_of(rules: Sequence[CorrelationRule]) -> dict[str, tuple[Reader, ...]]:
    """Return the readers of each rule id; ``rules`` come in the order of their references."""
    carried = carried_fields(rules)
    readers: dict[str, list[Reader]] = {}
    for position, rule in enumerate(rules):
        for place, reference in enumerate(rule.references):
            readers.setdefault(reference.rule_id, []).append(
                Reader(
                    position,
                    place,
                    reference.group_fields,
                    reference.value_fields,
                    rule.type in NUMERIC_TYPES,
                    carried[rule.identifier],
                )
            )
    return {rule_id: tuple(found) for rule_id, found in readers.items()}


def carried_fields(rules: Sequence[CorrelationRule]) -> dict[str, tuple[str, ...]]:
    """Return for each correlation the event fields that those reading it need, through the whole chain."""
    needed: dict[str, set[str]] = {rule.identifier: set() for rule in rules}
    for rule in reversed(rules):
        for reference in rule.references:
            if reference.rule_id in needed:
                needed[reference.rule_id].update(
                    reference.group_fields, reference.value_fields, needed[rule.identifier]
                )
    return {identifier: tuple(sorted(names)) for identifier, names in needed.items()}
