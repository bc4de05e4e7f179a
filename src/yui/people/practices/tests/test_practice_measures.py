"""Figures of practices, each with exactly the records behind it."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest

from yui.kernel.calendar_jp import TOKYO, FiscalYear, Period, today
from yui.kernel.measures.registry import find_measure
from yui.kernel.measures.values import MeasureScope
from yui.organisations.models import StaffCount
from yui.people.practices import measures  # noqa: F401 — importing it offers the measures
from yui.people.practices.models import Adoption, Practice
from yui.people.practices.operations.adoptions import record_own_effect
from yui.people.practices.operations.practices.facts import EffectFacts
from yui.people.practices.tests.practice_records import MINUTES, introduced, published

pytestmark = pytest.mark.django_db
JOINT = MeasureScope(None)
PERIOD = Period.of_fiscal_year(FiscalYear.of(today()))


@pytest.fixture
def practice(bob, charlie, actor_of, minato):
    """A practice of 港区 that 新宿区 has read."""
    return published(actor_of(bob), minato, actor_of(charlie))


def figure(code, scope=JOINT, period=PERIOD):
    return find_measure(code)(scope, period)


def test_nothing_is_no_data_not_zero(minato):
    for code in (
        "registered",
        "registered_per_100_staff",
        "adoptions",
        "adopted_share",
        "measured_effect_hours",
    ):
        measure = find_measure(f"practices.{code}")
        assert measure(JOINT, PERIOD) is None
        assert measure.what_lacks(JOINT, PERIOD)


def test_a_practice_counts_for_its_ward_once(practice, charlie, actor_of, minato, shinjuku):
    assert figure("practices.registered").value == 1
    assert figure("practices.registered", MeasureScope(minato)).value == 1
    assert figure("practices.registered", MeasureScope(shinjuku)) is None
    rows = figure("practices.registered").evidence.rows(actor_of(charlie), 0, 10)
    assert [row.cells[1] for row in rows] == [practice.title]


def test_evidence_hides_what_the_reader_may_not_see(practice, bob, charlie, member, organisations, actor_of):
    Practice.objects.unscoped("test").update(audience="participants", visibility="participants")
    found = figure("practices.registered")
    assert found.value == 1
    assert found.evidence.count(actor_of(bob)) == 1
    assert found.evidence.count(actor_of(charlie)) == 0


def test_per_hundred_staff_needs_the_staff(practice, minato):
    assert figure("practices.registered_per_100_staff") is None
    year = FiscalYear.of(today()).year
    StaffCount.objects.create(organisation=minato, fiscal_year=year, people=2000, source="架空")
    assert figure("practices.registered_per_100_staff").value == Decimal("0.05")


def test_adoptions_count_for_the_ward_that_adopts(practice, charlie, actor_of, minato, shinjuku):
    introduced(actor_of(charlie), practice, shinjuku)
    assert figure("practices.adoptions", MeasureScope(shinjuku)).value == 1
    assert figure("practices.adoptions", MeasureScope(minato)).value == 0
    assert figure("practices.adoptions").evidence.count(actor_of(charlie)) == 1


def test_the_share_waits_until_each_had_its_year(practice, charlie, actor_of, shinjuku):
    adoption = introduced(actor_of(charlie), practice, shinjuku)
    assert figure("practices.adopted_share") is None
    registered = datetime.combine(today() - timedelta(days=366), time(9), TOKYO)
    Practice.objects.unscoped("test").update(registered_at=registered)
    used = registered.date() + timedelta(days=100)
    Adoption.objects.unscoped("test").filter(pk=adoption.pk).update(begun_on=used, introduced_on=used)
    year_over = Period(today() - timedelta(days=5), today() + timedelta(days=1))
    assert figure("practices.adopted_share", period=year_over).value == 100
    late = registered.date() + timedelta(days=380)
    Adoption.objects.unscoped("test").filter(pk=adoption.pk).update(begun_on=late, introduced_on=late)
    assert figure("practices.adopted_share", period=year_over).value == 0


def test_savings_add_up_what_was_measured(practice, charlie, bob, actor_of, minato, shinjuku):
    adoption = introduced(actor_of(charlie), practice, shinjuku)
    own = {"name": "郵送料", "unit": "yen_per_year", "before": Decimal(500), "after": Decimal(200)}
    record_own_effect(
        actor_of(charlie), adoption=adoption, effect=EffectFacts(**own, grade="measured", measured_on=today())
    )
    record_own_effect(
        actor_of(charlie),
        adoption=adoption,
        effect=EffectFacts(**own | {"name": "見込み"}, grade="estimated"),
    )
    year = Period.of_fiscal_year(FiscalYear.of(MINUTES.measured_on))
    assert figure("practices.measured_effect_hours", MeasureScope(minato), year).value == 600
    assert figure("practices.measured_effect_yen").value == 300
    assert figure("practices.measured_effect_yen").evidence.count(actor_of(bob)) == 1
    assert figure("practices.measured_effect_yen", MeasureScope(minato)) is None
