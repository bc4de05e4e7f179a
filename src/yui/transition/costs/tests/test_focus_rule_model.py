"""Rule models as data: conditions, composites, criteria; and models that are hostile."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.transition.costs.engine.validation.amending import amendments
from yui.transition.costs.formats.rule_model import parse_rule_model, read_rule_model
from yui.transition.costs.formats.rule_model_errors import ModelHasCycle, ModelUnreadable, UnknownCriterion
from yui.transition.costs.tests.focus_rows import (
    broken,
    call,
    examined,
    member,
    rule,
    write_focus,
    write_model,
)

NOT_NULL = call("CheckNotValue", "ChargeDescription", Value=None)


@pytest.fixture
def bill(tmp_path):
    return write_focus(
        tmp_path / "bill.csv",
        {"ChargeDescription": ""},
        {"ChargeDescription": "", "ChargeClass": "Correction"},
        {"ChargeDescription": "", "ChargeCategory": "Tax"},
        {},
    )


def test_a_condition_chooses_the_rows(bill, tmp_path):
    rules = {
        "all": rule(NOT_NULL),
        "tax": rule(NOT_NULL, call("CheckValue", "ChargeCategory", Value="Tax")),
        # An empty ChargeClass is not "Correction".
        "no-correction": rule(NOT_NULL, call("CheckNotValue", "ChargeClass", Value="Correction")),
        "odd": rule(NOT_NULL, {"AND": [call("CheckValue", "ChargeCategory", Value="Tax")]}),
        "single": rule(NOT_NULL, {"AND": call("CheckValue", "ChargeCategory", Value="Tax")}),
        "absent": rule(NOT_NULL, call("CheckNotValue", "RegionId", Value=None)),
        "renamed": rule(NOT_NULL, {**call("CheckNotValue", Value=None), "CheckCondition": "ChargeClass"}),
    }
    found = broken(bill, write_model(tmp_path / "m.json", rules))
    assert found == {"all": 3, "tax": 1, "no-correction": 2, "odd": 1, "single": 1, "renamed": 1}


def test_members_inherit_the_condition_of_their_composite(bill, tmp_path):
    tax = call("CheckValue", "ChargeCategory", Value="Tax")
    correction = call("CheckValue", "ChargeClass", Value="Correction")
    rules = {
        "outer": rule(member("inner", "free")),
        "inner": rule(member("leaf"), tax),
        "other": rule(member("leaf"), correction),
        "leaf": rule(NOT_NULL),
        "free": rule(call("CheckNotValue", "ServiceName", Value=None)),
    }
    found = broken(bill, write_model(tmp_path / "m.json", rules))
    assert found == {"outer": 2, "inner": 2, "other": 2, "leaf": 2}


def test_or_of_rules_passes_with_one_and_and_fails_with_one(bill, tmp_path):
    rules = {
        "and": rule(member("bad", "good")),
        "or": rule(member("bad", "good", function="OR")),
        "none": rule(member("unknown", "dynamic")),
        "permitted": rule(member("may")),
        "bad": rule(NOT_NULL),
        "good": rule(call("ColumnPresent", "ServiceName")),
        "dynamic": rule({}),
        "may": rule(NOT_NULL, keyword="MAY"),
        "left": rule(NOT_NULL, status="Withdrawn"),
    }
    _report, verdicts = examined(bill, write_model(tmp_path / "m.json", rules))
    statuses = {name: str(verdict.status) for name, verdict in verdicts.items()}
    assert statuses == {
        "and": "fail",
        "or": "pass",
        "none": "skipped",
        "permitted": "not_applicable",
        "bad": "fail",
        "good": "pass",
        "dynamic": "skipped",
        "may": "not_applicable",
    }
    assert verdicts["and"].detail == "bad"


def test_criteria_of_a_composite_hold_for_its_members(bill, tmp_path):
    rules = {"tags": rule(member("leaf"), criteria=["TAGGING_SUPPORTED"]), "leaf": rule(NOT_NULL)}
    model = write_model(tmp_path / "m.json", rules)
    _report, verdicts = examined(bill, model)
    assert {str(verdict.status) for verdict in verdicts.values()} == {"not_applicable"}
    assert broken(bill, model, criteria=("ALL",)) == {"tags": 3, "leaf": 3}
    with pytest.raises(UnknownCriterion):
        examined(bill, model, criteria=("NOTHING",))


def test_alternatives_are_about_each_row(bill, tmp_path):
    usage, credit = (call("CheckValue", "ChargeCategory", Value=value) for value in ("Usage", "Credit"))
    compute = call("CheckValue", "ServiceCategory", Value="Compute")
    rules = {
        "one-of": rule({"CheckFunction": "OR", "Items": [usage, credit]}),
        "pairs": rule(
            {
                "CheckFunction": "OR",
                "Items": [
                    {"CheckFunction": "AND", "Items": [usage, compute]},
                    {"CheckFunction": "AND", "Items": [credit, compute]},
                ],
            }
        ),
        "mixed": rule({"CheckFunction": "OR", "Items": [usage, NOT_NULL]}),
    }
    assert broken(bill, write_model(tmp_path / "m.json", rules)) == {"one-of": 1, "pairs": 1, "mixed": 1}


def test_an_absent_column_fails_every_row(bill, tmp_path):
    rules = {"there": rule(call("ColumnPresent", "RegionId")), "filled": rule(call("TypeString", "RegionId"))}
    _report, verdicts = examined(bill, write_model(tmp_path / "m.json", rules))
    assert {(v.status, v.reason, v.failed_rows) for v in verdicts.values()} == {("fail", "column_absent", 4)}


@pytest.mark.parametrize(
    "requirement",
    [
        call("DropTable", "ServiceName"),
        call("ColumnNamesMatch", Of="focus", Pattern="(a+)+("),
        call("JsonKeysMatch", "Tags", Pattern="("),
        call("CheckValue", "ServiceName"),
        call("CheckValue", "ServiceName", Value=["x"]),
        call("CheckValue", Value="x"),
        {**call("CheckValue", Value="x"), "ColumnName": {"a": 1}},
        call("CheckDistinctCount", ColumnAName="ServiceName", ColumnBName="Tags", ExpectedCount="1; DROP"),
        {"CheckFunction": "AND", "Items": [member("x")["Items"][0], NOT_NULL]},
    ],
)
def test_what_is_not_understood_is_skipped_with_its_reason(bill, tmp_path, requirement):
    _report, verdicts = examined(bill, write_model(tmp_path / "m.json", {"r": rule(requirement)}))
    assert (verdicts["r"].status, verdicts["r"].reason) == ("skipped", "unknown_check_function")
    assert verdicts["r"].detail


def test_values_of_a_model_cannot_leave_their_quotes(bill, tmp_path):
    attack = "x'); DROP TABLE focus_file; --"
    rules = {
        "value": rule(call("CheckNotValue", "ServiceName", Value=attack)),
        "column": rule(call("CheckNotValue", attack, Value=None)),
    }
    assert broken(bill, write_model(tmp_path / "m.json", rules)) == {"column": 4}


def test_cycles_are_refused_with_the_rules_in_them(tmp_path):
    rules = {"a": rule(member("b")), "b": rule(member("c", "d")), "c": rule(member("a")), "d": rule({})}
    with pytest.raises(ModelHasCycle, match="a → b → c → a"):
        read_rule_model(write_model(tmp_path / "m.json", rules))
    with pytest.raises(ModelHasCycle):
        read_rule_model(write_model(tmp_path / "m.json", {"a": rule(member("a"))}))


def test_a_very_deep_chain_of_rules_does_not_break_the_program(bill, tmp_path):
    rules = {f"r{n}": rule(member(f"r{n + 1}")) for n in range(5000)} | {"r5000": rule(NOT_NULL)}
    with pytest.raises(ModelUnreadable):
        examined(bill, write_model(tmp_path / "m.json", rules))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"ModelRules": []}',
        '{"ModelRules": {"r": 1}}',
        '{"ModelRules": {"r": {"ValidationCriteria": []}}}',
        json.dumps({"ModelRules": {"r": rule("x")}}),
        json.dumps({"ModelRules": {"r": rule({"CheckFunction": 1})}}),
        json.dumps({"ModelRules": {"r": rule({"CheckFunction": "AND", "Items": []})}}),
        json.dumps({"ModelRules": {"r": rule({"CheckFunction": "AND", "Items": "abc"})}}),
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_model_is_refused(tmp_path, text):
    path = tmp_path / "m.json"
    path.write_text(text)
    with pytest.raises(ModelUnreadable):
        read_rule_model(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["ModelRules", "ValidationCriteria", "Requirement", "CheckFunction", "Items", "AND", "r"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_json_breaks_the_reader(data):
    with suppress(ModelUnreadable, ModelHasCycle):
        parse_rule_model(data, "m.json")


def test_every_amendment_says_why_and_where():
    for version, kinds in amendments().items():
        assert version == "1.2"
        for kind in ("errata", "supplements"):
            for entry in kinds[kind]:
                assert entry["rules"] and entry["why"].endswith(".") and entry["section"]
                assert "requirement" in entry or "condition" in entry


def test_amendments_name_rules_of_the_official_model_and_change_them(shared_data):
    path = shared_data / "costs" / "model" / "focus_requirements_model-1.2.json"
    rules = read_rule_model(path).rules
    for entry in amendments()["1.2"]["supplements"]:
        for rule_id in entry["rules"]:
            assert rules[rule_id].requirement is None or rule_id == "BilledCost-C-004-M"
    assert len(rules) == 621
