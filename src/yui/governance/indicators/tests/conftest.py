"""Throw-away measures whose figures a test chooses, with real records behind them."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest

from yui.governance.indicators.models import JOINT, IndicatorSnapshot
from yui.governance.indicators.operations.take_snapshots import take_snapshots
from yui.governance.tests.fixtures import evidence_of, in_japanese, only_these_measures, secretariat
from yui.kernel.calendar_jp import TOKYO, Month
from yui.kernel.demonstration import Demonstration
from yui.kernel.measures.registry import measure
from yui.kernel.measures.values import Measure, Unit
from yui.kernel.scope.models import Organisation, Visibility
from yui.registry.demo import seed

__all__ = ["in_japanese", "only_these_measures", "secretariat"]

OCTOBER = Month(2026, 10)
BPR = "bpr.departments_with_bpr"


@pytest.fixture
def offer() -> Callable:
    """A function that registers a measure: ``value_of(scope, month)`` gives its value, None for no data."""

    def register(value_of, *, code=BPR, unit=Unit.PERCENT, denominator=Decimal(50), records=None, asked=None):
        def compute(scope, period):
            month = Month.of(period.last_day)
            if asked is not None:
                asked.append((scope.code, month))
            value = value_of(scope, month)
            if value is None:
                return None
            value = Decimal(value)
            numerator = value if denominator is None else value * denominator / 100
            return Measure(value, unit, numerator, denominator, evidence_of(scope), records=records)

        return measure(code=code, title="試験の値", unit=unit)(compute)

    return register


@pytest.fixture
def systems(minato, shinjuku):
    """Some forty systems in each of two wards."""
    seed(Demonstration(Month(2026, 9), OCTOBER, [minato, shinjuku]))


@pytest.fixture
def store(secretariat, system_actor) -> Callable:
    """A function that takes snapshots of months, October 2026 if none is named."""

    def take(*months):
        return take_snapshots(system_actor, secretariat=secretariat, months=list(months) or [OCTOBER])

    return take


@pytest.fixture
def rising(offer, secretariat):
    """BPR rises by two points in three months everywhere, stored for three years; 中央区 has no data."""

    def value_of(code, month):
        return None if code == "131024" else Decimal(40) + Decimal(2 * (month.index - OCTOBER.index)) / 3

    offer(lambda scope, month: value_of(scope.code, month))
    wards = Organisation.objects.wards()
    IndicatorSnapshot.objects.bulk_create(
        stored(owner, "1-KSI-1", code, month, value_of(code, month))
        for owner, code in ((secretariat, JOINT), *((ward, ward.code) for ward in wards))
        for month in Month.between(OCTOBER.shift(-35), OCTOBER)
    )


@pytest.fixture
def put(secretariat) -> Callable:
    """A function that stores three years of one joint indicator: ``value_of(month)``, None for no data."""

    def write(indicator_code, value_of):
        months = Month.between(OCTOBER.shift(-35), OCTOBER)
        values = ((month, value_of(month)) for month in months)
        IndicatorSnapshot.objects.bulk_create(
            stored(secretariat, indicator_code, JOINT, month, None if value is None else Decimal(value))
            for month, value in values
        )

    return write


def stored(owner, indicator_code, scope_code, month, value) -> IndicatorSnapshot:
    """A stored figure, late or without data."""
    return IndicatorSnapshot(
        organisation=owner,
        visibility=Visibility.WARDS,
        indicator_code=indicator_code,
        scope_code=scope_code,
        month=month.first_day,
        value=value,
        numerator=None if value is None else value / 2,
        denominator=None if value is None else Decimal(50),
        status="no_data" if value is None else "late",
        definition="test",
        measured_at=datetime.datetime(2026, 11, 2, 2, 30, tzinfo=TOKYO),
    )
