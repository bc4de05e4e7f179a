"""Shared costs count in the ratio with those who bear them, and their evidence shows it."""

from decimal import Decimal

import pytest

from yui.kernel.calendar_jp import Month, Period
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import Actor
from yui.transition.costs.measures import it_expenditure_ratio, it_operating_cost
from yui.transition.costs.tests.test_measures import total

pytestmark = pytest.mark.django_db
MAY = Period.of_month(Month(2026, 5))


@pytest.fixture
def shared(joint_bill, in_force, take_in, bill_file, minato, shinjuku):
    """A joint bill over 1,001 yen, of which 港区 bears three quarters; 港区 has 100 yen of its own."""
    take_in(bill_file({"BilledCost": "100", "BillingAccountId": "own"}, name="own.csv"))
    in_force({minato: Decimal(3), shinjuku: Decimal(1)}, method="weight")
    total(minato, 12_000)
    total(shinjuku, 12_000)


def test_a_ward_counts_what_it_bears_beside_its_own(shared, minato):
    figure = it_expenditure_ratio(MeasureScope(minato), MAY)
    assert (figure.numerator, figure.denominator) == (100 + 751, 1000)


def test_a_share_alone_makes_no_figure(shared, shinjuku):
    assert it_expenditure_ratio(MeasureScope(shinjuku), MAY) is None


def test_what_a_ward_shares_counts_with_the_others(shared, in_force, minato, shinjuku, soc):
    assert it_operating_cost(MeasureScope(soc), MAY).value == 0


def test_the_evidence_adds_up_to_the_figure(shared, minato):
    figure = it_operating_cost(MeasureScope(minato), MAY)
    system = Actor.system("test")
    rows = figure.evidence.rows(system, 0, 50)
    assert figure.records == figure.evidence.count(system) == len(rows) == 2
    place = [column.key for column in figure.evidence.columns].index("BilledCost")
    assert sum(Decimal(row.cells[place]) for row in rows) == figure.value == 851


def test_the_joint_figure_counts_each_yen_once(shared, minato, shinjuku, take_in, bill_file):
    take_in(bill_file({"BilledCost": "7", "BillingAccountId": "own"}, name="s.csv"), shinjuku)
    assert it_operating_cost(MeasureScope(None), MAY).value == 100 + 7 + 1001
