"""Outlines and next steps: how one room makes a record out of another's without knowing it."""

import pytest

from yui.kernel.links import (
    NextStep,
    Outline,
    UnknownKind,
    next_steps,
    outline_of,
    register_next_step,
    register_outline,
)
from yui.kernel.policy import Actor

OUTLINE = Outline("yui:outlines.note:7", "131016", "題", "課題", "取組")


def _only_for_the_system(identifier: str, actor: Actor) -> Outline | None:
    return OUTLINE if identifier == "7" and actor.is_system else None


def test_a_record_is_outlined_for_those_who_may_see_it():
    register_outline("outlines.note", _only_for_the_system)
    assert outline_of("yui:outlines.note:7", Actor.system("test")) == OUTLINE
    assert outline_of("yui:outlines.note:7", Actor.anonymous()) is None
    assert outline_of("yui:outlines.other:7", Actor.system("test")) is None
    with pytest.raises(UnknownKind):
        outline_of("outlines.note:7", Actor.system("test"))


def test_a_step_offered_twice_stands_once():
    step = NextStep("事例にする", lambda urn: f"/make/?from={urn}")
    register_next_step("outlines.note", step)
    register_next_step("outlines.note", NextStep("事例にする", lambda urn: f"/new/?from={urn}"))
    (known,) = next_steps("outlines.note")
    assert known.address("yui:outlines.note:7") == "/new/?from=yui:outlines.note:7"
    assert next_steps("outlines.other") == ()
