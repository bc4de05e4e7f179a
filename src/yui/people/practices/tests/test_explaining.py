"""Practices and proposals say what was taken over, and what waits for a decision."""

from datetime import timedelta

import pytest

from yui.kernel.calendar_jp import Month, today
from yui.kernel.explanations.registry import Topic
from yui.kernel.measures.values import MeasureScope
from yui.people.practices.explaining import explain
from yui.people.practices.models import Proposal
from yui.people.practices.tests.practice_records import introduced, published

pytestmark = pytest.mark.django_db


def test_registered_and_adopted_practices_are_counted(minato, shinjuku, charlie, alice, actor_of):
    practice = published(actor_of(alice), minato, actor_of(charlie))
    introduced(actor_of(charlie), practice, shinjuku, days=0)
    month = Month.of(today())
    (said,) = explain(actor_of(alice), MeasureScope(), month)
    assert said.topic == Topic.CHANGE and "1件登録され" in said.text and "導入が1件" in said.text
    assert practice.title not in said.text
    assert explain(actor_of(alice), MeasureScope(), month.shift(-6)) == []


def test_proposals_beyond_their_deadline_wait_for_a_decision(way, minato, alice, charlie, actor_of):
    proposal = way.submitted()
    Proposal.objects.unscoped("test").filter(pk=proposal.pk).update(due_on=today() - timedelta(days=1))
    month = Month.of(today())
    own = explain(actor_of(alice), MeasureScope(minato), month)[-1]
    joint = explain(actor_of(charlie), MeasureScope(), month)[-1]
    assert own.topic == joint.topic == Topic.DECISION and own.text == joint.text
    assert "1件" in own.text and proposal.title not in own.text
    Proposal.objects.unscoped("test").filter(pk=proposal.pk).update(due_on=today() + timedelta(days=40))
    assert explain(actor_of(alice), MeasureScope(minato), month) == []
