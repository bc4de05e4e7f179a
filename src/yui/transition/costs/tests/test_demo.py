"""架空データ gives every figure of the room, the same for the same seed, and says that it is made up."""

import pytest

from yui.kernel.calendar_jp import Month, Period
from yui.kernel.demonstration import Demonstration
from yui.kernel.lake.upkeep import verify
from yui.kernel.measures.values import MeasureScope
from yui.transition.costs import demo
from yui.transition.costs.measures import it_expenditure_ratio
from yui.transition.costs.models import BillImport, TotalExpenditure

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
