"""The commons say how many questions were solved, and how many waited too long."""

from datetime import datetime

import pytest

from yui.kernel.calendar_jp import TOKYO, Month
from yui.kernel.explanations.registry import Topic
from yui.kernel.measures.values import MeasureScope
from yui.people.commons.explaining import explain
from yui.people.commons.models import Question, QuestionState
from yui.people.commons.models.question import SolvedBy

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


def at(day, hour=10):
    """A moment of October 2026."""
    return datetime(2026, 10, day, hour, tzinfo=TOKYO)


@pytest.fixture
def asked(ask, asker):
    """A function that asks a question on a day of October, answered on another if one is named."""

    def make(day, answered=None, solved=None, **given):
        question = ask(asker, **given)
        Question.objects.unscoped("test").filter(pk=question.pk).update(
            asked_at=at(day),
            first_answer_at=answered,
            first_answer_minutes=answered and 60,
            solved_at=solved,
            solved_by=SolvedBy.ASKER if solved else "",
            state=QuestionState.SOLVED if solved else QuestionState.OPEN,
        )
        return question

    return make


def test_asked_and_solved_are_counted(asked, minato, asker, actor_of):
    asked(5, answered=at(6), solved=at(7))
    asked(8, answered=at(9))
    said = explain(actor_of(asker), MeasureScope(minato), OCTOBER)
    assert [(each.topic, each.text) for each in said] == [
        (Topic.CHANGE, "質問が2件あり、1件が解決しました。")
    ]
    assert explain(actor_of(asker), MeasureScope(minato), SEPTEMBER) == []


def test_what_waited_at_the_end_of_the_month_is_a_risk(asked, minato, shinjuku, asker, actor_of):
    asked(5, title="秘密の題名")
    asked(30, answered=at(30, 11))
    asked(29, answered=datetime(2026, 11, 4, 9, tzinfo=TOKYO))
    for scope in (MeasureScope(minato), MeasureScope()):
        risk = explain(actor_of(asker), scope, OCTOBER)[-1]
        assert risk.topic == Topic.RISK and "2件" in risk.text and "4時間" in risk.text
        assert "秘密" not in risk.text
    assert explain(actor_of(asker), MeasureScope(shinjuku), OCTOBER) == []
