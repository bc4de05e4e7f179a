"""Correlation documents become rules, or say why not."""

import pytest

from yui.security.soc.engine.correlation.parsing import parse_correlations
from yui.security.soc.engine.correlation.rules import Bound, CorrelationType, Operator
from yui.security.soc.tests.correlation_samples import NAMES, correlation, every_rule


def only(text, names=NAMES):
    parsed = parse_correlations([text], names)
    assert parsed.unsupported == ()
    return parsed.rules[-1]


def reason(text, names=NAMES):
    parsed = parse_correlations([text], names)
    assert parsed.rules == ()
    assert len(parsed.unsupported) == 1
    return parsed.unsupported[0].reason


def test_every_type_of_pysigma_is_read():
    from sigma.correlations import SigmaCorrelationType

    assert {one.name.lower() for one in SigmaCorrelationType} == {one.value for one in CorrelationType}
    assert {rule.type for rule in every_rule()} == set(CorrelationType)


def test_references_resolve_by_name_by_id_and_to_documents_of_the_same_text():
    detection = "title: d\nid: 5638F7C0-AC70-491D-8465-2A65075E0D86\nname: local\ndetection: {condition: x}\n"
    rule = only(detection + "---\n" + correlation("c", "temporal", "", ("local", "rule_a")))
    assert [one.rule_id for one in rule.references] == ["5638f7c0-ac70-491d-8465-2a65075e0d86", "id-a"]
    rule = only(correlation("c", "event_count", "{gte: 2}", ("ID-A",)))
    assert rule.references[0].rule_id == "id-a"


def test_aliases_name_each_rules_own_field():
    text = correlation("c", "temporal", "", ("rule_a", "rule_b"), group_by=("ip", "User"))
    text += "\n  aliases:\n    ip:\n      rule_a: destination.ip\n      rule_b: source.ip"
    rule = only(text)
    assert rule.references[0].group_fields == ("destination.ip", "User")
    assert rule.references[1].group_fields == ("source.ip", "User")


def test_a_range_is_two_criteria():
    rule = only(correlation("c", "event_count", "{gt: 100, lte: 200}"))
    assert set(rule.bounds) == {Bound(Operator.GT, 100), Bound(Operator.LTE, 200)}
    assert rule.waits_for_the_window


def test_a_temporal_rule_without_condition_wants_all_rules():
    assert only(correlation("c", "temporal", "", ("rule_a", "rule_b"))).bounds == (Bound(Operator.GTE, 2),)


def test_rules_may_be_named_by_the_condition_alone():
    text = correlation("c", "temporal", "rule_a and not rule_b").replace("  rules: [rule_a]\n", "")
    assert [one.rule_id for one in only(text).references] == ["id-a", "id-b"]


def test_references_and_condition_words_are_normalised_and_told():
    text = correlation(
        "c", "temporal", "rule_a AND NOT rule_b", ("rule_a", "rule_b"), more="references: https://x"
    )
    rule = only(text)
    assert rule.expression is not None and rule.expression.negates
    assert any("list of one" in note for note in rule.notes)
    assert any("lower case" in note for note in rule.notes)


def test_an_id_that_is_no_uuid_is_used_as_it_is_and_told():
    rule = only(correlation("c", "event_count", "{gte: 2}", more="id: perf-burst"))
    assert rule.identifier == "perf-burst"
    assert any("no UUID" in note for note in rule.notes)


def test_a_chain_is_ordered_and_its_inner_rules_are_quiet():
    texts = [
        correlation("outer", "event_count", "{gte: 2}", ("middle",)),
        correlation("middle", "event_count", "{gte: 2}", ("inner",)),
        correlation("inner", "event_count", "{gte: 2}"),
    ]
    parsed = parse_correlations(texts, NAMES)
    assert [(rule.identifier, rule.quiet) for rule in parsed.rules] == [
        ("inner", True),
        ("middle", True),
        ("outer", False),
    ]
    assert parsed.silenced == {"id-a", "inner", "middle"}


def test_generate_lets_referenced_rules_alert_on_their_own():
    texts = [
        correlation("outer", "event_count", "{gte: 2}", ("inner",)) + "\n  generate: true",
        correlation("inner", "event_count", "{gte: 2}"),
    ]
    parsed = parse_correlations(texts, NAMES)
    assert not any(rule.quiet for rule in parsed.rules)
    assert parsed.silenced == {"id-a"}


def test_a_circle_makes_its_members_and_their_readers_unsupported():
    texts = [
        correlation("one", "event_count", "{gte: 2}", ("two",)),
        correlation("two", "event_count", "{gte: 2}", ("one",)),
        correlation("reader", "event_count", "{gte: 2}", ("one",)),
        correlation("self", "event_count", "{gte: 2}", ("self",)),
        correlation("fine", "event_count", "{gte: 2}"),
    ]
    parsed = parse_correlations(texts, NAMES)
    assert [rule.identifier for rule in parsed.rules] == ["fine"]
    assert {one.identifier for one in parsed.unsupported} == {"one", "two", "reader", "self"}


def test_a_reader_of_an_unsupported_correlation_says_which():
    texts = [
        correlation("broken", "event_count", "{gte: 2}", ("nowhere",)),
        correlation("reader", "event_count", "{gte: 2}", ("broken",)),
    ]
    reasons = {one.identifier: one.reason for one in parse_correlations(texts, NAMES).unsupported}
    assert "'nowhere'" in reasons["broken"]
    assert "broken" in reasons["reader"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (correlation("c", "event_count", "{gte: 2}", ("nowhere",)), "no rule 'nowhere'"),
        (correlation("c", "value_sum", "{gte: 2}"), "without field reference"),
        (correlation("c", "value_sum", "{gte: 2, field: [A, B]}"), "exactly one field"),
        (correlation("c", "value_percentile", "{gte: 2, field: A}"), "needs `percentile`"),
        (correlation("c", "value_percentile", "{gte: 2, field: A, percentile: 101}"), "needs `percentile`"),
        (correlation("c", "event_count", "{gte: many}"), "no number"),
        (correlation("c", "event_count", "{gte: 100001}"), "not followed"),
        (correlation("c", "event_count", "{between: 2}"), "exactly one condition item"),
        (correlation("c", "event_count", ""), "without condition"),
        (correlation("c", "event_count", "rule_a and rule_b"), "temporal"),
        (correlation("c", "frequency", "{gte: 2}"), "no valid Sigma correlation type"),
        (correlation("c", "event_count", "{gte: 2}", timespan="0s"), "greater than zero"),
        (correlation("c", "event_count", "{gte: 2}", timespan="soon"), "is invalid"),
        (correlation("c", "event_count", "{gte: 2}", timespan="9y"), "366 days"),
        (correlation("c", "temporal", "{gte: 3}", ("rule_a", "rule_b")), "never hold"),
        (correlation("c", "temporal", "rule_a and not rule_a"), "never hold"),
        (correlation("c", "temporal", "not rule_a"), "never hold"),
        (correlation("c", "temporal", "rule_a and", ("rule_a",)), "parse"),
        (correlation("c", "temporal", "", ("rule_a", "rule_a")), "twice"),
        (correlation("c", "temporal", "", ("rule_a", "id-a")), "same rule"),
        ("title: c\ncorrelation: [a]", "must be a dict"),
        ("title: c\ncorrelation:\n  type: 7\n  rules: [rule_a]", "Not a correlation rule"),
        (
            "correlation:\n  type: event_count\n  rules: rule_a\n  timespan: 1m\n  condition: {gte: 1}",
            "title",
        ),
        ("title: c\ncorrelation: {type: event_count", "YAML"),
        ("title: c\ntitle: d\ncorrelation: {}", "Duplicate key"),
        ("x" * (2**20 + 1), "split the file"),
        (correlation("c", "temporal", " or ".join(["rule_a"] * 900), ("rule_a",)), "4,000"),
    ],
)
def test_what_cannot_run_says_why(text, words):
    assert words in reason(text)


def test_a_second_rule_with_the_same_id_is_told():
    text = correlation("c", "event_count", "{gte: 2}")
    parsed = parse_correlations([text, text], NAMES)
    assert len(parsed.rules) == 1
    assert "same id" in parsed.unsupported[0].reason


def test_a_condition_with_too_many_alternatives_is_told():
    names = {f"r{n}": f"id{n}" for n in range(24)}
    condition = " and ".join(f"(r{n} or r{n + 12})" for n in range(12))
    text = correlation("c", "temporal", condition, tuple(names))
    assert "alternatives" in reason(text, names)


def test_aliases_that_explode_and_texts_that_are_no_mapping_do_no_harm():
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)
    )
    parsed = parse_correlations([bomb, "[]", "7", "", "---\n---\n"], NAMES)
    assert parsed.rules == ()
    assert len(parsed.unsupported) == 1


def test_the_rules_of_the_data_folder_run(shared_data):
    folder = shared_data / "soc"
    paths = [
        folder / "rsigma-lanes" / "correlation.yml",
        *sorted((folder / "hayabusa-correlation").glob("*.yml")),
    ]
    parsed = parse_correlations([path.read_text() for path in paths], {})
    assert parsed.unsupported == ()
    assert len(parsed.rules) == 7
    assert sum(any("list of one" in note for note in rule.notes) for rule in parsed.rules) == 3
    assert all(rule.author for rule in parsed.rules if "perf" not in rule.identifier)
