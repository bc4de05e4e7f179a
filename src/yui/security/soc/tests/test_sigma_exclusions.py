"""What a ward tunes out."""

import pytest

from yui.security.soc.engine.sigma import ExclusionRefused, compile_exclusion


def test_a_selection_on_the_event():
    exclusion = compile_exclusion({"Image|endswith": "\\backup.exe", "User": ["svc", "root"]})
    assert exclusion.matches({"image": "C:\\BACKUP.exe", "User": "SVC"})
    assert not exclusion.matches({"image": "C:\\backup.exe", "User": "eve"})
    assert not exclusion.matches({})


def test_a_list_of_selections_is_any():
    exclusion = compile_exclusion([{"a": 1}, {"b|cidr": "10.0.0.0/8"}])
    assert exclusion.matches({"b": "10.2.3.4"})
    assert not exclusion.matches({"a": 2, "b": "11.0.0.1"})


def test_a_whole_detection():
    exclusion = compile_exclusion({"x": {"a": 1}, "y": {"b": 1}, "condition": "x and not y"})
    assert exclusion.matches({"a": 1})
    assert not exclusion.matches({"a": 1, "b": 1})


@pytest.mark.parametrize("condition", [{}, {"f|bad": 1}, {"f|re": "(a+)\\1+"}, [], {"f|expand": "%x%"}])
def test_what_cannot_be_evaluated_is_refused_in_both_languages(condition):
    with pytest.raises(ExclusionRefused, match=r"除外の条件.+ / the exclusion"):
        compile_exclusion(condition)
