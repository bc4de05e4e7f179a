"""Work on an incident: severity, command, tasks, playbooks, notes."""

import pytest

from yui.security.soc.operations import incidents
from yui.security.soc.operations.incidents import errors
from yui.security.soc.operations.incidents.facts import (
    SeverityFacts,
)
from yui.security.soc.tests.alert_records import entrust
from yui.security.soc.tests.incident_records import (
    HOUR,
    papers,
    start,
    stored,
    tasks,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(system_actor, minato):
    return start(system_actor, minato)


@pytest.fixture
def entrusted(minato, soc):
    return entrust(minato, soc)


def test_the_highest_of_three_views_counts(incident, actor_of, alice):
    facts = SeverityFacts(severity_continuity=1, severity_safety=0, severity_trust=4)
    with pytest.raises(errors.ReasonNeeded):
        incidents.set_severity(actor_of(alice), incident=incident, facts=facts, reason="")
    incidents.set_severity(actor_of(alice), incident=incident, facts=facts, reason="報道された")
    assert stored(incident).severity == 4


def test_only_somebody_of_the_ward_or_its_watch_commands(
    incident, entrusted, actor_of, alice, bob, charlie, jun
):
    for person in (charlie, bob):
        with pytest.raises(errors.CannotCommand):
            incidents.assign_commander(actor_of(alice), incident=incident, person=person)
    assert incidents.assign_commander(actor_of(alice), incident=incident, person=jun)
    assert not incidents.assign_commander(actor_of(alice), incident=incident, person=jun)


def test_a_task_is_settled_once(incident, actor_of, alice):
    actor = actor_of(alice)
    task, other, *_rest = tasks(incident)
    incidents.complete_task(actor, task=task, result="切り離した")
    with pytest.raises(errors.AlreadySettled):
        incidents.skip_task(actor, task=task, reason="不要")
    with pytest.raises(errors.ReasonNeeded):
        incidents.skip_task(actor, task=other, reason="")


def test_a_second_playbook_adds_only_what_is_new(incident, actor_of, alice):
    before = len(tasks(incident))
    assert incidents.apply_playbook(actor_of(alice), incident=incident, code="general") == 0
    assert incidents.apply_playbook(actor_of(alice), incident=incident, code="ransomware") == 18
    assert len(tasks(incident)) == before + 18
    with pytest.raises(errors.UnknownPlaybook):
        incidents.apply_playbook(actor_of(alice), incident=incident, code="../etc")


def test_declaring_starts_the_hours_that_count_from_it(incident, actor_of, alice):
    waiting = next(task for task in tasks(incident) if task.step == "general.executives")
    assert waiting.due_at is None
    declared = incidents.declare_incident(actor_of(alice), incident=incident)
    waiting.refresh_from_db()
    assert waiting.due_at == declared.at + HOUR
    assert papers(incident)["executives"].due_at == declared.at + HOUR


def test_a_step_that_a_verb_has_done_is_ticked_off(incident, actor_of, alice):
    actor = actor_of(alice)
    incidents.declare_incident(actor, incident=incident)
    incidents.send_paper(actor, duty=papers(incident)["executives"])
    done = {task.step for task in tasks(incident) if task.done_at}
    assert done == {"general.declare", "general.executives"}


def test_hostile_words_are_kept_as_words(system_actor, minato):
    opened = start(system_actor, minato, title="<script>alert(1)</script>\x00", summary="a\x00b" * 10)
    note = incidents.add_note(system_actor, incident=opened, text="\x00'; DROP TABLE x; --")
    assert stored(opened).title.startswith("<script>alert(1)</script>")
    assert "\x00" not in note.text + stored(opened).summary


def test_a_note_for_other_wards_must_be_shareable(incident, actor_of, alice):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="TLP"):
        incidents.add_note(actor_of(alice), incident=incident, text="手口", tlp="red", for_wards=True)
    assert incidents.add_note(actor_of(alice), incident=incident, text="手口", tlp="green", for_wards=True).pk
