"""The door's histories: all wards of several indicators at once, month by month."""

from decimal import Decimal

import pytest

from yui.governance.indicators import public
from yui.governance.indicators.errors import UnknownIndicator
from yui.governance.indicators.tests.conftest import OCTOBER
from yui.kernel.policy import Actor

pytestmark = pytest.mark.django_db


def test_histories_hold_every_scope_and_month(rising, bob, actor_of, django_assert_num_queries):
    actor = actor_of(bob)
    with django_assert_num_queries(1):
        found = public.histories_of(actor, ["1-ksi-1", "2-KGI-1"], OCTOBER)
    history, empty = found["1-ksi-1"], found["2-KGI-1"]
    assert len(history.months) == 36 and history.months[-1] == OCTOBER
    assert history.line(public.JOINT)[-1] == 40 and history.line("131032")[-4] == 38
    assert history.numerators["131032"][-1] == Decimal(20)
    assert set(history.line("131024")) == {None}
    assert public.JOINT not in history.wards() and len(history.wards()) == 23
    assert history.measured_at.year == 2026
    assert empty.measured_at is None and set(empty.line("131032")) == {None}


def test_histories_lead_to_the_records(rising, bob, actor_of, client_of):
    history = public.histories_of(actor_of(bob), ["1-KSI-1"], OCTOBER)["1-KSI-1"]
    assert history.records_address() == "/indicators/1-ksi-1/records/?month=2026-10"
    assert client_of(bob).get(history.records_address("131032")).status_code == 200


def test_a_stranger_has_no_histories_and_an_unknown_code_is_an_error(rising):
    found = public.histories_of(Actor.anonymous(), ["1-KSI-1"], OCTOBER)
    assert found["1-KSI-1"].values == {}
    with pytest.raises(UnknownIndicator):
        public.histories_of(Actor.anonymous(), ["9-KPI-9"], OCTOBER)
