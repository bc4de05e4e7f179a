"""What values, missing fields, keywords and conditions mean."""

import pytest

from yui.security.soc.engine.sigma.matching import detect
from yui.security.soc.tests.sigma_samples import loaded, matches, record, rule_text


class TestValues:
    def test_field_names_are_compared_without_case(self):
        assert matches({"TargetFilename": "x"}, {"targetFileName": "x"})

    def test_field_names_may_hold_spaces_and_dots(self):
        assert matches({"Threat Name|contains": "eicar"}, {"Threat Name": "Virus:EICAR"})
        assert matches({"user.name": "bob"}, {"User.Name": "bob"})

    def test_two_spellings_of_one_field_both_count(self):
        assert matches({"f": "x"}, {"F": "y", "f": "x"})

    @pytest.mark.parametrize(
        ("wanted", "value"),
        [("ПРИВЕТ", "привет"), ("straße", "STRASSE"), ("ＡＢＣ", "ａｂｃ"), ("İ", "i\u0307")],
    )
    def test_letters_beyond_ascii_fold_too(self, wanted, value):
        assert matches({"f|contains": wanted}, {"f": f"-{value}-"})

    @pytest.mark.parametrize(
        ("wanted", "value"),
        [("true", True), (True, "TRUE"), ("4624", 4624), (4624, "4624"), (1, 1.0), ("0", 0), (2.5, "2.5")],
    )
    def test_numbers_and_booleans_compare_as_text(self, wanted, value):
        assert matches({"f": wanted}, {"f": value})

    @pytest.mark.parametrize(("wanted", "value"), [("1", True), (True, 1), (0, False), ("true", 1)])
    def test_a_boolean_is_no_number(self, wanted, value):
        rules = loaded(rule_text({"f": wanted})).rules
        others = [1, True, 0, False, 1.0]
        found = detect(rules, [record({"f": other}) for other in [*others, value, *others]])
        assert len(others) not in {match.position for match in found}

    def test_any_member_of_a_list_counts(self):
        assert matches({"f": "b"}, {"f": ["a", ["b", None]]})
        assert not matches({"f": "b"}, {"f": []})

    def test_all_may_be_met_by_different_members(self):
        assert matches({"f|contains|all": ["a", "b"]}, {"f": ["xa", "xb"]})

    def test_a_nested_object_is_compared_as_its_json(self):
        assert matches({"f|contains": '"k":1'}, {"f": {"k": 1}})


class TestNothing:
    @pytest.mark.parametrize("fields", [{}, {"f": None}, {"f": ""}, {"f": []}, {"f": ["", None]}])
    def test_null_is_absent_or_empty(self, fields):
        assert matches({"f": None}, fields)

    @pytest.mark.parametrize("value", ["x", 0, False, " ", ["", "x"]])
    def test_anything_else_is_not_null(self, value):
        assert not matches({"f": None}, {"f": value})

    def test_the_empty_text_is_not_absence(self):
        assert matches({"f": ""}, {"f": ""})
        assert not matches({"f": ""}, {})
        assert not matches({"f": ""}, {"f": None})

    def test_a_missing_field_makes_an_atom_false_and_its_denial_true(self):
        assert not matches({"f|contains": ""}, {})
        assert matches({"sel": {"g": 1}, "filter": {"f": "x"}, "condition": "sel and not filter"}, {"g": 1})

    def test_a_second_spelling_with_a_value_is_no_null(self):
        assert not matches({"f": None}, {"f": "", "F": "x"})
        assert matches({"sel": {"f|exists": True}, "condition": "sel"}, {"F": ""})


class TestKeywords:
    def test_any_value_may_hold_it(self):
        detection = {"keywords": ["mimikatz", "sekurlsa::"], "condition": "keywords"}
        assert matches(detection, {"a": 1, "b": "run MIMIKATZ now"})
        assert matches(detection, {"list": ["x", "SEKURLSA::logonpasswords"]})
        assert not matches(detection, {"mimikatz": "a field name is no value"})

    def test_a_number_and_a_wildcard(self):
        assert matches({"k": [4625], "condition": "k"}, {"f": "event 4625 logged"})
        assert matches({"k": ["a*c"], "condition": "k"}, {"f": "xx abbbc xx"})
        assert not matches({"k": ["a*c"], "condition": "k"}, {"f": "a", "g": "c"})

    def test_all_keywords(self):
        detection = {"k": {"|all": ["one", "two"]}, "condition": "k"}
        assert matches(detection, {"f": "two", "g": "one"})
        assert not matches(detection, {"f": "one"})

    def test_a_regular_expression_and_case(self):
        assert matches({"k": {"|re": "ab+c"}, "condition": "k"}, {"f": "xabbc"})
        assert matches({"k": {"|cased": "Ab"}, "condition": "k"}, {"f": "xAbx"})
        assert not matches({"k": {"|cased": "Ab"}, "condition": "k"}, {"f": "xabx"})

    @pytest.mark.parametrize(
        "value", ['say "hi"', "a\\b\\c", "line\none", "日本語の値", "Kelvin", "tab\there"]
    )
    def test_what_json_writes_differently_is_found(self, value):
        assert matches({"k": [value], "condition": "k"}, {"f": f"..{value}.."})

    @pytest.mark.parametrize("value", [10**30, float("1e22"), b"bytes"])
    def test_values_that_json_cannot_write(self, value):
        assert matches({"k": ["needle"], "condition": "k"}, {"odd": value, "f": "a needle"})

    def test_letters_that_fold_to_ascii(self):
        assert matches({"k": ["kelvin scale"], "condition": "k"}, {"f": "\u212aelvin \u017fcale"})

    def test_keywords_beside_fields(self):
        detection = {"k": ["evil"], "filter": {"id": 15}, "condition": "k and not filter"}
        assert matches(detection, {"f": "evil", "id": 14})
        assert not matches(detection, {"f": "evil", "id": 15})


class TestConditions:
    SELECTIONS = {"sel_a": {"a": 1}, "sel_b": {"b": 1}, "filter": {"c": 1}}

    @pytest.mark.parametrize(
        ("condition", "fields", "expected"),
        [
            ("1 of sel_*", {"b": 1}, True),
            ("1 of sel_*", {"c": 1}, False),
            ("any of sel_*", {"a": 1}, True),
            ("all of sel_*", {"a": 1}, False),
            ("all of sel_*", {"a": 1, "b": 1}, True),
            ("1 of them", {"c": 1}, True),
            ("all of them", {"a": 1, "b": 1}, False),
            ("sel_a and not filter", {"a": 1}, True),
            ("not (sel_a or sel_b)", {}, True),
            ("not not sel_a", {"a": 1}, True),
            ("sel_a or sel_b and filter", {"a": 1}, True),
            ("(sel_a or sel_b) and filter", {"a": 1}, False),
            ("not sel_a and sel_b", {"b": 1}, True),
        ],
    )
    def test_words(self, condition, fields, expected):
        assert matches({**self.SELECTIONS, "condition": condition}, fields) is expected

    def test_several_conditions_are_alternatives(self):
        detection = {**self.SELECTIONS, "condition": ["sel_a", "sel_b"]}
        assert matches(detection, {"b": 1})
        assert not matches(detection, {"c": 1})

    def test_a_list_of_mappings_is_any_and_a_mapping_is_all(self):
        assert matches({"sel": [{"a": 1}, {"b": 1}], "condition": "sel"}, {"b": 1})
        assert not matches({"sel": {"a": 1, "b": 1}, "condition": "sel"}, {"b": 1})

    def test_a_rule_of_denials_only_matches_every_event_of_its_source(self):
        rules = loaded(rule_text({"sel": {"a": 1}, "condition": "not sel"})).rules
        assert [
            match.position for match in detect(rules, [record({}), record({"a": 1}), record({"z": 2})])
        ] == [0, 2]
