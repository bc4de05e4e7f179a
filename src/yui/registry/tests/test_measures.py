"""Figures that the registry measures, and the records behind them."""

from datetime import date
from decimal import Decimal

import pytest

from yui.kernel.calendar_jp import Month, Period
from yui.kernel.measures.registry import find_measure
from yui.kernel.measures.values import MeasureScope
from yui.registry.facts import OutageFacts, WindowFacts
from yui.registry.operations import open_outage, plan_maintenance, record_migration_step
from yui.registry.tests.conftest import tokyo

APRIL = Period.of_month(Month(2026, 4))
MAY = Period.of_month(Month(2026, 5))
CODES = ["registry.migration_completed", "registry.availability", "registry.contracts_expiring"]


@pytest.fixture
def ward(minato):
    """港区 as a scope."""
    return MeasureScope(minato)


@pytest.mark.parametrize("code", CODES)
def test_without_records_there_is_no_figure(code, ward, organisations):
    assert find_measure(code)(ward, APRIL) is None
    assert find_measure(code)(MeasureScope(), APRIL) is None


def test_migration_is_counted_as_of_the_end_of_the_period(
    ward, alice, charlie, actor_of, minato, resident_area
):
    record_migration_step(
        actor_of(alice),
        organisation=minato,
        area=resident_area,
        state="migrated",
        actual_on=date(2026, 5, 10),
    )
    completed = find_measure("registry.migration_completed")
    assert completed(ward, APRIL).value == 0
    figure = completed(ward, MAY)
    assert (figure.value, figure.numerator, figure.denominator) == (5, 1, 20)
    assert completed(MeasureScope(), MAY).denominator == 460
    row = figure.evidence.rows(actor_of(charlie), 0, 10)[0]
    assert row.cells[2:] == ("移行済", "2026-05-10")
    assert row.url


def test_availability_leaves_maintenance_out_and_weighs_by_running_time(
    ward, alice, charlie, actor_of, make_system, system
):
    actor = actor_of(alice)
    make_system("MN-002", started_on=date(2026, 4, 16))
    make_system("MN-003", status="preparing", started_on=None)
    window = WindowFacts(title="保守", starts_at=tokyo(2026, 4, 4), ends_at=tokyo(2026, 4, 5))
    plan_maintenance(actor, system=system, facts=window)
    outage = {"title": "停止", "severity": "full"}
    for start, end, severity in (
        (tokyo(2026, 4, 4, 23), tokyo(2026, 4, 5, 1), "full"),
        (tokyo(2026, 4, 5, 0, 30), tokyo(2026, 4, 5, 2), "partial"),
        (tokyo(2026, 4, 10), tokyo(2026, 4, 11), "degraded"),
        (tokyo(2026, 3, 31, 23), tokyo(2026, 4, 1, 1), "full"),
    ):
        facts = OutageFacts(**(outage | {"severity": severity}), started_at=start, ended_at=end)
        open_outage(actor, system=system, facts=facts)

    figure = find_measure("registry.availability")(ward, APRIL)

    service = Decimal((29 + 15) * 24 * 60)
    assert figure.denominator == service
    assert figure.numerator == service - 120 - 60
    assert figure.value == figure.numerator * 100 / service
    assert figure.evidence.count(actor) == 2
    assert figure.evidence.count(actor_of(charlie)) == 0
    assert figure.evidence.rows(actor, 0, 1)[0].cells[3:5] == ("41,760", "180")


def test_a_system_out_of_use_promises_nothing(ward, make_system):
    make_system(status="retired", retired_on=date(2026, 4, 1))
    assert find_measure("registry.availability")(ward, APRIL) is None


def test_contracts_are_counted_from_their_time_of_notice(ward, contract, alice, charlie, actor_of):
    expiring = find_measure("registry.contracts_expiring")
    assert expiring(ward, Period.of_month(Month(2026, 9))).value == 0
    figure = expiring(ward, Period.of_month(Month(2026, 10)))
    assert figure.value == 1
    assert figure.evidence.rows(actor_of(alice), 0, 10)[0].cells[1] == contract.number
    assert figure.evidence.count(actor_of(charlie)) == 0


def test_many_figures_at_once_are_those_that_come_one_by_one(
    ward, shinjuku, alice, actor_of, minato, resident_area, contract
):
    record_migration_step(
        actor_of(alice),
        organisation=minato,
        area=resident_area,
        state="migrated",
        actual_on=date(2026, 5, 10),
    )
    scopes = [ward, MeasureScope(shinjuku), MeasureScope()]
    for code in CODES[:2]:
        found = find_measure(code)
        many = found.many(scopes, [APRIL, MAY])
        for scope in scopes:
            for period in (APRIL, MAY):
                one, among = found(scope, period), many.get((scope, period))
                assert (one and one.value) == (among and among.value), (code, scope.code)
