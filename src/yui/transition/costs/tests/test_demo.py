"""架空データ gives every figure of the room, the same for the same seed, and says that it is made up."""

import pytest

from yui.kernel.calendar_jp import Month, Period
from yui.kernel.demonstration import Demonstration
from yui.kernel.lake.upkeep import verify
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import Actor
from yui.transition.costs import demo
from yui.transition.costs.engine.bridge import Effect
from yui.transition.costs.measures import it_expenditure_ratio
from yui.transition.costs.models import BillImport, BudgetLine, TotalExpenditure
from yui.transition.costs.queries.bridge import Question, Span, bridge_for
from yui.transition.costs.queries.commitments import commitments_for

pytestmark = pytest.mark.django_db


def test_the_seed_fills_every_month_and_changes_nothing_the_second_time(lake, minato, shinjuku):
    show = Demonstration(Month(2025, 10), Month(2026, 6), [minato, shinjuku])
    demo.seed(show)
    periods = [Period.of_month(month) for month in show.months]
    scopes = [MeasureScope(minato), MeasureScope(shinjuku), MeasureScope(None)]
    figures = it_expenditure_ratio.many(scopes, periods)
    assert len(figures) == len(scopes) * len(periods)
    assert all(0 < figure.value < 10 for figure in figures.values())
    bills = BillImport.objects.unscoped("test")
    count = bills.count()
    demo.seed(show)
    assert bills.count() == count
    assert all(demo.MADE_UP in bill.file_name for bill in bills)
    assert all(demo.MADE_UP in total.source for total in TotalExpenditure.objects.unscoped("test"))
    assert list(verify()) == []
    lines = BudgetLine.objects.unscoped("test")
    assert lines.count() > 40 and all(line.note == demo.MADE_UP for line in lines)


def test_the_seed_explains_its_own_growth_and_uses_its_commitments(lake, minato):
    demo.seed(Demonstration(Month(2025, 4), Month(2026, 6), [minato]))
    actor = Actor.system("test")
    before, after = Span(Month(2025, 4), Month(2025, 6)), Span(Month(2026, 4), Month(2026, 6))
    bridge = bridge_for(actor, Question(before, after)).bridge
    effects = bridge.total().effects
    assert all(effects[effect] for effect in (Effect.VOLUME, Effect.PRICE, Effect.EXCHANGE))
    promised = commitments_for(actor)
    assert len(promised) == 2 and all(50 < each.coverage <= 110 for each in promised)
