"""Figures come from registered measures, one question each."""

from decimal import Decimal

import pytest

from yui.governance.indicators.engine.judgement import Status
from yui.governance.indicators.queries.figures import (
    definition_version,
    figures,
    figures_of_months,
    joint_scope,
    ward_scopes,
)
from yui.governance.indicators.tests.conftest import BPR, OCTOBER
from yui.governance.indicators.tree import tree
from yui.governance.tests.fixtures import evidence_of
from yui.kernel.calendar_jp import Month
from yui.kernel.measures.values import Measure, Unit

pytestmark = pytest.mark.django_db


def test_without_any_measure_the_whole_tree_has_no_data(organisations):
    found = figures(OCTOBER, [joint_scope(), *ward_scopes()])
    assert len(found) == 15 * 24
    assert {(figure.value, figure.status) for figure in found.values()} == {(None, Status.NO_DATA)}


def test_adding_a_measure_takes_one_registration(offer, organisations):
    offer(lambda scope, month: 60)
    figure = figures(OCTOBER, [joint_scope()])["1-KSI-1", "joint"]
    assert figure.value == 60
    assert figure.measure.numerator == 30
    assert figure.history == (Decimal(60),) * 36


def test_no_data_is_never_zero(offer, organisations):
    offer(lambda scope, month: None if scope.is_joint else 0)
    found = figures(OCTOBER, [joint_scope(), *ward_scopes()])
    assert found["1-KSI-1", "joint"].value is None
    assert found["1-KSI-1", "joint"].status is Status.NO_DATA
    assert found["1-KSI-1", "131032"].value == 0
    assert found["1-KSI-1", "131032"].status is Status.LATE


def test_many_months_at_once_say_what_each_month_says_alone(offer, organisations):
    offer(lambda scope, month: None if month.month == 8 else month.index % 17 * 5)
    scopes = [joint_scope(), ward_scopes()[0]]
    months = Month.between(OCTOBER.shift(-5), OCTOBER)
    together = {
        (figure.month, figure.indicator.code, figure.scope.code): figure
        for figure in figures_of_months(months, scopes)
    }
    for month in months:
        for key, figure in figures(month, scopes).items():
            other = together[(month, *key)]
            assert (other.value, other.status, other.history) == (figure.value, figure.status, figure.history)


def test_a_bulk_measure_is_asked_once_for_all_months_and_wards(offer, organisations):
    calls = []
    definition = offer(lambda scope, month: 1)

    @definition.bulk
    def together(scopes, periods):
        calls.append((len(scopes), len(periods)))
        return {
            (scope, period): Measure(Decimal(1), Unit.PERCENT, None, None, evidence_of(scope))
            for scope in scopes
            for period in periods
        }

    months = Month.between(OCTOBER.shift(-35), OCTOBER)
    found = list(figures_of_months(months, [joint_scope(), *ward_scopes()]))
    assert calls == [(24, 71)]
    assert len(found) == 15 * 24 * 36


def test_months_need_not_follow_each_other(offer, organisations):
    asked = []
    offer(lambda scope, month: 1, asked=asked)
    found = list(figures_of_months([Month(2026, 10), Month(2026, 1)], [joint_scope()], history_months=2))
    assert [figure.month for figure in found if figure.indicator.measure == BPR] == [
        Month(2026, 10),
        Month(2026, 1),
    ]


def test_the_change_is_that_from_the_month_before(offer, organisations):
    offer(lambda scope, month: month.month)
    figure = figures(OCTOBER, [joint_scope()])["1-KSI-1", "joint"]
    assert figure.change == 1


def test_a_definition_s_version_changes_with_its_meaning():
    first, second = tree().indicators[:2]
    assert definition_version(first) != definition_version(second)
    assert len(definition_version(first)) == 12
