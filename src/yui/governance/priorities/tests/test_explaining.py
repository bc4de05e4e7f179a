"""The priorities tell what was decided, and whose first place is not sure, to those who see the set."""

import pytest

from yui.governance.priorities.explaining import explain
from yui.governance.priorities.models import Score
from yui.governance.priorities.operations import begin_deliberation, decide
from yui.kernel.calendar_jp import Month, today
from yui.kernel.explanations.registry import Topic
from yui.kernel.measures.values import MeasureScope

pytestmark = pytest.mark.django_db


@pytest.fixture
def month():
    """This month."""
    return Month.of(today())


def test_a_firm_first_place_needs_no_word(deliberated, charlie, actor_of, month):
    assert explain(actor_of(charlie), MeasureScope(), month) == []


def test_an_unsure_first_place_asks_for_a_decision(deliberated, charlie, actor_of, month, minato):
    Score.objects.unscoped("test").filter(option__code="3", criterion__code="speed").update(value=1)
    (said,) = explain(actor_of(charlie), MeasureScope(), month)
    assert said.topic == Topic.DECISION and "三つの支援策" in said.text and said.url
    assert explain(actor_of(charlie), MeasureScope(), month.previous()) == []
    assert explain(actor_of(charlie), MeasureScope(minato), month) == []


def test_what_was_decided_in_the_month_is_a_change(deliberated, system_actor, charlie, actor_of, month):
    decide(system_actor, priority_set=deliberated, decision="③から", reason="土台", order=["3", "1", "2"])
    (said,) = explain(actor_of(charlie), MeasureScope(), month)
    assert said.topic == Topic.CHANGE and said.text == "「三つの支援策」の優先度を決めました: 3 > 1 > 2。"
    assert explain(actor_of(charlie), MeasureScope(), month.previous()) == []


def test_a_wards_own_set_is_told_to_that_ward_alone(
    prepare, minato, alice, charlie, actor_of, system_actor, month
):
    own = prepare(minato, code="own", title="港区だけの検討", visibility="own")
    begin_deliberation(system_actor, priority_set=own)
    Score.objects.unscoped("test").filter(option__code="3", criterion__code="speed").update(value=1)
    assert len(explain(actor_of(alice), MeasureScope(minato), month)) == 1
    for scope in (MeasureScope(minato), MeasureScope()):
        assert explain(actor_of(charlie), scope, month) == []
