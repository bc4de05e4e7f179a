"""The playbooks as data: complete, in both languages, refused where they break a rule."""

import pytest

from yui.security.soc.models import IncidentCategory
from yui.security.soc.playbooks import PlaybookWrong, playbook_for, playbooks, read_playbook, step_of

STEP = 'code = "a"\nphase = "contain"\nrole = "soc"\nwithin_hours = 1\nja = "止める"\nen = "Stop"\n'
HEAD = 'ja = "例"\nen = "Example"\ncategories = []\n'


def test_every_category_has_a_playbook_and_the_general_one_serves_the_rest():
    assert {playbook_for(category).code for category in IncidentCategory.values} == set(playbooks())
    assert playbook_for("malware").code == "general"
    assert list(playbooks())[-1] == "general"


@pytest.mark.parametrize("playbook", playbooks().values(), ids=lambda each: each.code)
def test_each_playbook_contains_tells_the_executives_and_learns(playbook):
    phases = {step.phase for step in playbook.steps}
    assert {"triage", "contain", "report", "review"} <= phases
    assert any(step.code == "executives" and step.counted_from == "declared" for step in playbook.steps)
    assert any(step.is_required for step in playbook.steps)
    for step in playbook.steps:
        assert step.words("ja") != step.words("en")
        assert 0 < step.within_hours <= 720
        assert step_of(f"{playbook.code}.{step.code}") == step


def test_a_step_that_is_gone_is_no_error():
    assert step_of("ransomware.nothing") is None
    assert step_of("nothing.isolate") is None
    assert step_of("") is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("ja = ", "not readable"),
        (HEAD, "not readable"),
        (HEAD + "steps = []", "missing"),
        (HEAD + "[[steps]]\n" + STEP.replace("contain", "dance"), "dance"),
        (HEAD + "[[steps]]\n" + STEP.replace('"soc"', '"king"'), "king"),
        (HEAD + "[[steps]]\n" + STEP + 'from = "birth"\n', "birth"),
        (HEAD + ("[[steps]]\n" + STEP) * 2, "repeated"),
    ],
)
def test_a_wrong_file_is_refused_by_name(text, word):
    with pytest.raises(PlaybookWrong, match=f"example.*{word}"):
        read_playbook("example", text)
