"""What a rule needs: fields, columns, a condition for stored columns, and whether it is blind somewhere."""

import re
from typing import Any

from hypothesis import given, settings

from yui.security.soc.engine.records import LogSource
from yui.security.soc.engine.sigma.conditions import (
    AllOf,
    AnyOf,
    AnyValueTest,
    FieldTest,
    SourceTest,
    candidate_conditions,
    columns_of,
    required_fields,
)
from yui.security.soc.engine.sigma.coverage import RuleState, coverage
from yui.security.soc.engine.sigma.loading import load_rules
from yui.security.soc.engine.sigma.matching import detect
from yui.security.soc.engine.sigma.values import texts_of
from yui.security.soc.tests.sigma_samples import APP_SOURCE, SYSMON, WINDOWS, loaded, record, rule_text
from yui.security.soc.tests.test_sigma_reference import detections, events

PROCESS = {"product": "windows", "category": "process_creation"}


def holds(condition: Any, source: LogSource, fields: dict[str, Any]) -> bool:
    """A reader of conditions, as a query over columns would be."""
    if isinstance(condition, AllOf):
        return all(holds(item, source, fields) for item in condition.items)
    if isinstance(condition, AnyOf):
        return any(holds(item, source, fields) for item in condition.items)
    if isinstance(condition, SourceTest):
        wanted = condition.source
        product = not wanted.product or wanted.product == source.product
        product = product or (not condition.strict and not source.product)
        return product and wanted.category in ("", source.category) and wanted.service in ("", source.service)
    if isinstance(condition, AnyValueTest):
        return any(
            condition.literal in text.casefold() for value in fields.values() for text in texts_of(value)
        )
    assert isinstance(condition, FieldTest)
    there = [value for name, value in fields.items() if name.casefold() == condition.field]
    if condition.op == "exists":
        return bool(there)
    texts = [text for value in there for text in texts_of(value)]
    if condition.op == "regex":
        return any(re.search(condition.literal, text) for text in texts)
    test = {
        "equals": str.__eq__,
        "contains": str.__contains__,
        "startswith": str.startswith,
        "endswith": str.endswith,
    }
    return any(test[condition.op](text.casefold(), condition.literal) for text in texts)


@settings(deadline=None, max_examples=100)
@given(detections, events)
def test_every_match_meets_the_condition_and_depends_on_the_columns_only(detection, fields):
    rules = load_rules([("r.yml", rule_text(detection))]).rules
    for rule in rules:
        matched = bool(detect(rules, [record(fields)]))
        if matched:
            assert holds(candidate_conditions(rule), APP_SOURCE, fields)
        columns = columns_of(rule)
        if columns is not None:
            kept = {name: value for name, value in fields.items() if name.casefold() in columns}
            assert bool(detect(rules, [record(kept)])) == matched


def test_the_condition_of_a_windows_rule():
    rule = loaded(rule_text({"Image|endswith": "\\X.exe", "f": None}, logsource=PROCESS)).rules.rules[0]
    fields = {"Channel": SYSMON, "EventID": 1, "Image": "a\\x.EXE"}
    condition = candidate_conditions(rule)
    assert holds(condition, WINDOWS, fields)
    for other in ({"EventID": 3}, {"Channel": "Security"}, {"Image": "y"}):
        assert not holds(condition, WINDOWS, {**fields, **other})
    assert not holds(condition, LogSource("linux"), fields)


def test_fields_and_columns():
    rule = loaded(rule_text({"Image": "x", "User|fieldref": "Owner"}, logsource=PROCESS)).rules.rules[0]
    assert required_fields(rule) == ("Image", "User", "Owner")
    assert columns_of(rule) == {"image", "user", "owner", "channel", "eventid"}
    keyword = loaded(rule_text({"k": ["x"], "condition": "k"})).rules.rules[0]
    assert columns_of(keyword) is None


class TestCoverage:
    def state(self, detection, seen, logsource=PROCESS):
        found = loaded(rule_text(detection, logsource=logsource))
        (one,) = coverage(found.rules, seen)
        return one

    SEEN = {WINDOWS: frozenset({"Channel", "EventID", "Image"})}

    def test_all_fields_seen(self):
        one = self.state({"image": "x"}, self.SEEN)
        assert (one.state, one.missing, one.source_seen) == (RuleState.EVALUABLE, (), True)

    def test_a_needed_field_never_seen(self):
        one = self.state({"Image": "x", "Hashes|contains": "y"}, self.SEEN)
        assert (one.state, one.missing) == (RuleState.FIELD_NEVER_SEEN, ("Hashes",))

    def test_a_field_of_one_alternative_only(self):
        one = self.state({"a": {"Image": "x"}, "b": {"Hashes": "y"}, "condition": "a or b"}, self.SEEN)
        assert (one.state, one.missing) == (RuleState.EVALUABLE, ("Hashes",))

    def test_a_denied_field_never_seen_blinds_nothing(self):
        one = self.state({"a": {"Image": "x"}, "b": {"Hashes": "y"}, "condition": "a and not b"}, self.SEEN)
        assert one.state is RuleState.EVALUABLE

    def test_a_field_that_must_be_absent(self):
        assert self.state({"Image": "x", "Hashes": None}, self.SEEN).state is RuleState.EVALUABLE
        assert self.state({"Hashes|exists": False}, self.SEEN).state is RuleState.EVALUABLE

    def test_a_source_never_seen(self):
        one = self.state({"Image": "x"}, {LogSource("linux"): frozenset({"Image"})})
        assert (one.state, one.source_seen, one.missing) == (RuleState.FIELD_NEVER_SEEN, False, ("Image",))
        assert self.state({"Image": "x"}, {WINDOWS: frozenset({"Image"})}).source_seen is False

    def test_unsupported_rules_keep_their_reason(self):
        found = load_rules([("r.yml", rule_text({"f|bad": 1}))])
        (one,) = coverage(found.rules, {}, found.unsupported)
        assert one.state is RuleState.UNSUPPORTED
        assert "bad" in one.reason
