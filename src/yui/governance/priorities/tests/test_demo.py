"""The demonstration says what the article says, and says that its scores are made up."""

import pytest

from yui.governance.priorities.demo import seed
from yui.governance.priorities.models import PrioritySet, Score
from yui.governance.priorities.queries.rank_rows import last_round
from yui.governance.priorities.queries.result import result_of
from yui.governance.priorities.words import paragraph
from yui.kernel.calendar_jp import Month
from yui.kernel.demonstration import Demonstration

pytestmark = pytest.mark.django_db


def test_the_articles_order_comes_out_and_the_page_says_how_sure_it_is(minato, shinjuku, system_actor):
    seed(Demonstration(Month(2026, 9), Month(2026, 10), [minato, shinjuku]))
    pillars, nine = PrioritySet.objects.unscoped("test").order_by("-code")
    found = result_of(system_actor, last_round(system_actor, pillars))
    assert found.order_codes == ["3", "1", "2"] and pillars.is_illustrative and nine.is_illustrative
    assert found.draws == 0 and 0.6 < found.order_share < found.first.first_share < 0.95
    assert "85.6%" in " ".join(paragraph(found))
    assert all("架空" in score.reason for score in Score.objects.unscoped("test"))
    drawn = result_of(system_actor, last_round(system_actor, nine))
    assert len(drawn.options) == 9 and drawn.draws > 0 and drawn.order_share is None
    assert all(sum(each.acceptability) == pytest.approx(1) for each in drawn.options)
