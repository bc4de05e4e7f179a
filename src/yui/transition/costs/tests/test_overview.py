"""The overview is kept until something that it depends on changes, and for the same reader only."""

from decimal import Decimal

import pytest

from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor
from yui.kernel.scope.models import OrganisationKind
from yui.transition.costs.operations.map_system import map_system
from yui.transition.costs.operations.set_exchange_rate import set_exchange_rate
from yui.transition.costs.operations.withdraw_bill import withdraw_bill
from yui.transition.costs.queries import overview
from yui.transition.costs.queries.overview import named, overview_for

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
MAY = Month(2026, 5)


@pytest.fixture
def counted(monkeypatch):
    """The calls that worked an overview out."""
    calls, work_out = [], overview._worked_out

    def counting(*args):
        calls.append(args)
        return work_out(*args)

    monkeypatch.setattr(overview, "_worked_out", counting)
    return calls


def systems(actor=SYSTEM):
    return {row.system_code: row.total.yen for row in overview_for(actor, MAY, MAY).rows}


def test_the_same_question_is_worked_out_once(take_in, bill_file, counted):
    take_in(bill_file({"BilledCost": "7"}))
    assert systems() == systems() == {"S-1": 7}
    assert len(counted) == 1


def test_every_change_shows_at_once(take_in, bill_file, minato, organisations, counted):
    assert systems() == {}
    first = take_in(bill_file({"BilledCost": "7"})).bill
    assert systems() == {"S-1": 7}
    take_in(
        bill_file({"BilledCost": "2", "BillingAccountId": "acct-2", "BillingCurrency": "USD"}, name="2.csv")
    )
    assert systems() == {"S-1": None}
    body = next(o for o in organisations.values() if o.kind == OrganisationKind.JOINT_BODY)
    for rate, yen in (("150", 307), ("160", 327)):
        rated = {"currency": "USD", "month": MAY, "yen_per_unit": Decimal(rate), "source": "試験"}
        set_exchange_rate(SYSTEM, organisation=body, **rated)
        assert systems() == {"S-1": yen}
    map_system(SYSTEM, organisation=minato, column="SubAccountId", value="sub-1", system_code="S-9")
    assert systems() == {"S-9": 327}
    withdraw_bill(SYSTEM, bill=first, because="試験")
    assert systems() == {"S-9": 320}
    assert len(counted) == 7


def test_what_is_kept_for_one_reader_is_not_shown_to_another(
    take_in, bill_file, actor_of, alice, charlie, jun
):
    take_in(bill_file({"BilledCost": "7"}))
    assert systems(actor_of(alice)) == {"S-1": 7}
    assert systems(actor_of(charlie)) == systems(actor_of(jun)) == {}
    (row,) = named(actor_of(alice), overview_for(actor_of(alice), MAY, MAY).rows)
    assert (row.ward.code, row.system_name) == ("131032", "S-1")


def test_only_the_last_answers_are_kept(take_in, bill_file, monkeypatch):
    monkeypatch.setattr(overview, "ANSWERS_KEPT", 2)
    for number in range(1, 5):
        overview_for(SYSTEM, Month(2026, number), MAY)
    assert len(overview._kept) == 2
