"""Rooms speak about a month: in one order, and one room's fault silences no other."""

import pytest

from yui.kernel.calendar_jp import Month
from yui.kernel.explanations import registry
from yui.kernel.explanations.registry import (
    DuplicateExplainer,
    Statement,
    Topic,
    ask_rooms,
    explainer,
    looked_up_once,
    one_moment,
)
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import Actor

MONTH = Month(2026, 10)


@pytest.fixture(autouse=True)
def no_rooms(monkeypatch):
    """Start with nobody who speaks."""
    monkeypatch.setattr(registry, "_explainers", {})


def _speak(code, *statements, pillar=None):
    def explain(actor, scope, month):
        return statements

    explain.__qualname__ = f"explain_{code}"
    explainer(code=code, title=code, pillar=pillar)(explain)


def test_what_matters_most_comes_first_then_the_pillar():
    _speak("b", Statement("x", Topic.CHANGE, "b says x", 10), pillar=2)
    _speak("a", Statement("y", Topic.CHANGE, "a says y", 10), pillar=1)
    _speak("c", Statement("z", Topic.RISK, "c says z", 90))
    said = ask_rooms(Actor.system("test"), MeasureScope(), MONTH)
    assert [statement.text for _, statement in said.statements] == ["c says z", "a says y", "b says x"]
    assert [statement.code for _, statement in said.about(Topic.CHANGE)] == ["y", "x"]
    assert said.silent == ()


def test_a_room_that_fails_is_named_and_the_others_are_heard():
    def broken(actor, scope, month):
        raise ArithmeticError

    explainer(code="broken", title="broken")(broken)
    _speak("sound", Statement("x", Topic.CHANGE, "heard"))
    said = ask_rooms(Actor.system("test"), MeasureScope(), MONTH)
    assert [statement.text for _, statement in said.statements] == ["heard"]
    assert [each.code for each in said.silent] == ["broken"]


def test_a_code_is_claimed_once():
    _speak("a")
    with pytest.raises(DuplicateExplainer):
        explainer(code="a", title="other")(lambda actor, scope, month: ())


@pytest.mark.parametrize(
    "facts",
    [
        {"code": "", "text": "x"},
        {"code": "x", "text": ""},
        {"code": "x", "text": "x", "weight": 101},
        {"code": "x", "text": "x", "weight": -1},
    ],
)
def test_a_statement_that_no_report_could_print_is_refused(facts):
    with pytest.raises(ValueError, match="statement"):
        Statement(topic=Topic.CHANGE, **facts)


def test_within_one_moment_a_look_up_is_made_once_for_each_question():
    made = []

    @looked_up_once
    def look(scope, month):
        made.append(scope)
        return len(made)

    with one_moment():
        assert [look("a", MONTH), look("a", MONTH), look("b", MONTH)] == [1, 1, 2]
    assert look("a", MONTH) == 3
    with one_moment():
        assert look("a", MONTH) == 4
