"""Records of every kind that the views read, and measures whose figures a test chooses."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest

from yui.governance.indicators.models import JOINT, IndicatorSnapshot
from yui.governance.statistics.facts import SeriesFacts, SourceFacts
from yui.governance.statistics.operations import save_series, save_source
from yui.governance.statistics.tests.observations import observe
from yui.governance.tests.fixtures import evidence_of, in_japanese, only_these_measures, secretariat
from yui.kernel.calendar_jp import TOKYO, Month
from yui.kernel.measures.registry import measure
from yui.kernel.measures.values import Measure, Unit
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.public import StaffCount
from yui.registry.models import MigrationStep, StandardBusinessArea, StandardMigration

__all__ = ["in_japanese", "only_these_measures", "secretariat"]

OCTOBER = Month(2026, 10)
MONTHS = Month.between(OCTOBER.shift(-35), OCTOBER)
STORED = ("1-KGI-1", "2-KGI-1", "2-KPI-1", "2-KPI-3", "3-KGI-1", "3-KSI-1")


@pytest.fixture
def offer() -> Callable:
    """A function that registers a measure: ``value_of(scope, period)`` gives its value, None for no data."""

    def register(code, value_of, unit=Unit.COUNT):
        def compute(scope, period):
            """Made up for a test."""
            value = value_of(scope, period)
            return None if value is None else Measure(Decimal(value), unit, None, None, evidence_of(scope))

        return measure(code=code, title=f"試験の値 {code}", unit=unit)(compute)

    return register


@pytest.fixture
def measured(offer):
    """Every measure that a panel asks for: a ward's value is its place in the official order."""
    places = {ward.code: place for place, ward in enumerate(Organisation.objects.wards(), start=1)}

    def place(scope, period):
        return places.get(scope.code, 12)

    for code in ("costs.it_expenditure_ratio", "costs.it_expenditure_ratio_without_one_off"):
        offer(code, place, Unit.PERCENT)
    offer("costs.per_resident", place, Unit.YEN)
    offer("soc.detections", place)
    for code in ("soc.mean_time_to_detect", "soc.mean_time_to_acknowledge", "commons.first_answer_hours"):
        offer(code, place, Unit.HOURS)
    for code in ("proposals_per_100_staff", "registered_per_100_staff"):
        offer(f"practices.{code}", place)
    offer("commons.solved_per_100_staff", place)


@pytest.fixture
def stored(secretariat):
    """Three years of the indicators: a ward's value is its place, jointly 12; 中央区 has no data."""
    wards = list(Organisation.objects.wards())
    owners = [(secretariat, JOINT, 12), *((ward, ward.code, place) for place, ward in enumerate(wards, 1))]
    IndicatorSnapshot.objects.bulk_create(
        snapshot(owner, indicator, code, month, None if code == "131024" else Decimal(value))
        for indicator in STORED
        for owner, code, value in owners
        for month in MONTHS
    )


def snapshot(owner, indicator, scope_code, month, value) -> IndicatorSnapshot:
    """A stored figure; its numerator is a hundred million times its value."""
    return IndicatorSnapshot(
        organisation=owner,
        visibility=Visibility.WARDS,
        indicator_code=indicator,
        scope_code=scope_code,
        month=month.first_day,
        value=value,
        numerator=None if value is None else value * 10**8,
        denominator=None,
        status="no_data" if value is None else "late",
        definition="test",
        measured_at=datetime(2026, 11, 2, 2, 30, tzinfo=TOKYO),
    )


@pytest.fixture
def migrate(db) -> Callable:
    """A function that records one migration by the days of its steps."""

    def make(ward, area, *, planned=None, done=None, special=None, undone=None):
        road = StandardMigration.objects.create(organisation=ward, area=area, visibility=Visibility.WARDS)
        steps = [("migrated", planned, done), ("special", None, special), ("migrating", None, undone)]
        MigrationStep.objects.bulk_create(
            MigrationStep(migration=road, state=state, planned_on=plan, actual_on=day)
            for state, plan, day in steps
            if plan or day
        )

    return make


@pytest.fixture
def migrations(migrate, organisations):
    """港区 has done 18 of 20 and one of them late, 新宿区 two; 新宿区 has a special one and a later plan."""
    areas = list(StandardBusinessArea.objects.all())
    for number, area in enumerate(areas):
        done = date(2025, 4 + number % 9, 10) if number < 18 else None
        migrate(organisations["131032"], area, planned=date(2026, 1, 15), done=done)
    for number, area in enumerate(areas):
        migrate(
            organisations["131041"],
            area,
            planned=date(2027, 8, 1) if number == 5 else date(2026, 2, 1),
            done=date(2026, 2, 3) if number < 2 else None,
            special=date(2025, 6, 1) if number == 4 else None,
        )


@pytest.fixture
def staff(organisations):
    """Staff of two years that all wards see, and one ward's own."""
    for place, (code, people) in enumerate((("131032", 2000), ("131041", 3000), ("131059", 1000))):
        for year in (2025, 2026):
            StaffCount.objects.create(
                organisation=organisations[code],
                visibility=Visibility.OWN if place == 2 else Visibility.WARDS,
                fiscal_year=year,
                people=people + year,
                source="架空の人事統計",
            )


@pytest.fixture
def make_series(system_actor) -> Callable:
    """A function that keeps a yearly series with values by area and year: ``organisation`` is its keeper."""

    def make(organisation, code, values, *, topic, visibility="wards", **source):
        facts = SourceFacts(
            f"source-{code}",
            f"調査{code}",
            "架空の統計",
            is_illustrative=True,
            visibility=visibility,
            **source,
        )
        kept = save_source(system_actor, organisation=organisation, facts=facts)
        series = save_series(
            system_actor,
            source=kept,
            facts=SeriesFacts(code, f"系列{code}", "件", "year", topic=topic),
        )
        observe(series, values)
        return series

    return make


@pytest.fixture
def statistics(make_series, secretariat):
    """One official series for each view, with three wards and the nation."""
    for topic in ("migration", "costs", "threats", "people"):
        values = [
            (area, year, base + year - 2020)
            for area, base in (("131032", 50), ("131041", 30), ("131059", 40), ("000000", 20))
            for year in (2024, 2025)
        ]
        make_series(secretariat, f"{topic}-rate", values, topic=topic)


@pytest.fixture
def everything(measured, stored, migrations, staff, statistics):
    """Figures for every panel."""
