"""Every match says which fields, values and literals made it."""

from yui.security.soc.engine.sigma.matching import detect
from yui.security.soc.tests.sigma_samples import WINDOWS, loaded, record, rule_text, sysmon


def atoms(detection, fields, **options):
    rules = loaded(rule_text(detection, **options)).rules
    (match,) = detect(rules, [record(fields)])
    return [tuple(atom) for atom in match.atoms]


def test_field_as_the_event_spells_it_value_literal_and_modifier():
    found = atoms({"Image|endswith": "\\X.exe"}, {"IMAGE": "C:\\x.EXE"})
    assert found == [("IMAGE", "C:\\x.EXE", "\\X.exe", "endswith")]


def test_only_what_held_of_alternatives_and_nothing_of_denials():
    detection = {
        "a": {"f|contains": ["No", "Yes"]},
        "b": {"g": 1},
        "c": {"h": 1},
        "condition": "a and not (b or c)",
    }
    assert atoms(detection, {"f": "yes!"}) == [("f", "yes!", "Yes", "contains")]


def test_the_member_of_a_list_that_fitted():
    assert atoms({"f": "b"}, {"f": ["a", "B"]}) == [("f", "B", "b", "equals")]


def test_a_keyword_names_the_field_that_holds_it():
    found = atoms({"k": ["evil"], "condition": "k"}, {"x": "good", "y": "EVIL one"})
    assert found == [("y", "EVIL one", "evil", "contains")]


def test_null_exists_and_references():
    assert atoms({"f": None}, {"g": 1}) == [("f", None, "null", "null")]
    assert atoms({"f|exists": True}, {"F": ""}) == [("F", "", "true", "exists")]
    assert atoms({"f|fieldref": "G"}, {"f": "x", "g": "X"}) == [("f", "x", "G", "fieldref")]


def test_numbers_expressions_networks():
    assert atoms({"f|gte": 5}, {"f": 7}) == [("f", 7, "5", "gte")]
    assert atoms({"f|re|i": "A+"}, {"f": "xaa"}) == [("f", "xaa", "A+", "re")]
    assert atoms({"f|cidr": "10.0.0.0/8"}, {"f": "10.1.1.1"}) == [("f", "10.1.1.1", "10.0.0.0/8", "cidr")]


def test_what_the_kind_of_record_decides_is_shown_too():
    security = {"product": "windows", "service": "security"}
    rules = loaded(rule_text({"EventID": [4624, 4625], "User": "x"}, logsource=security)).rules
    (match,) = detect(rules, [record({"Channel": "Security", "EventID": 4625, "User": "x"}, WINDOWS)])
    assert [tuple(atom) for atom in match.atoms] == [
        ("EventID", 4625, "4625", "equals"),
        ("User", "x", "x", "equals"),
    ]


def test_a_rule_of_denials_has_no_reasons():
    assert atoms({"sel": {"f": 1}, "condition": "not sel"}, {"f": 2}) == []


def test_the_same_reasons_whether_the_verdict_was_remembered_or_not():
    process = {"product": "windows", "category": "process_creation"}
    rules = loaded(rule_text({"Image|contains": "x", "n|gt": 1}, logsource=process)).rules
    found = detect(
        rules, [sysmon(1, Image="ax", n=2), sysmon(1, Image="bx", n=3), sysmon(1, Image="ax", n=2)]
    )
    assert [match.atoms[0].value for match in found] == ["ax", "bx", "ax"]
    assert [match.atoms[1].value for match in found] == [2, 3, 2]


def test_of_two_spellings_the_first_of_the_event_is_shown_whatever_was_learnt_first():
    rules = loaded(rule_text({"f|contains": "x"})).rules
    events = [record({"F": "x"}), record({"f": "x", "F": "x"}), record({"F": "x", "f": "x"})]
    assert [match.atoms[0].field for match in detect(rules, events)] == ["F", "f", "F"]
