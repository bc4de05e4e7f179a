"""Figures of proposals: what counts, against which baseline, and the records behind it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from yui.kernel.calendar_jp import FiscalYear, Period, today
from yui.kernel.measures.registry import find_measure
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import PermissionRefused
from yui.organisations.public import record_staff_count
from yui.people.practices.models import ProposalBaseline
from yui.people.practices.operations.proposals import (
    freeze_baseline,
    merge_proposals,
    withdraw_proposal,
)
from yui.people.practices.operations.proposals.errors import (
    BaselineFrozen,
    NothingToCount,
    SourceNeeded,
    YearNotClosed,
)
from yui.people.practices.tests.proposal_records import take_in_many

BEFORE, AFTER = FiscalYear(2024), FiscalYear(2025)
YEAR = Period.of_fiscal_year(AFTER)
CODES = (
    "practices.proposals",
    "practices.adoption_rate",
    "practices.proposals_per_100_staff",
    "practices.proposal_growth",
    "practices.measured_hours",
    "practices.measured_yen",
)


@pytest.fixture
def ward(minato):
    """港区 as a scope."""
    return MeasureScope(minato)


@pytest.fixture
def register(system_actor):
    """A function that takes in so many proposals of a fiscal year."""

    def make(organisation, year, count, **values):
        usual = {"submitted_on": date(year.year, 6, 1), "decided_on": date(year.year, 8, 1)}
        take_in_many(
            system_actor,
            organisation,
            count,
            prefix=f"{year.year}-{values.get('kind', 'idea')}-{values.get('stage', '')}",
            fiscal_year=year.year,
            **(usual | values),
        )

    return make


@pytest.fixture
def freeze(system_actor):
    """A function that freezes a baseline."""
    return lambda ward, **values: freeze_baseline(
        system_actor, ward=ward, **({"kind": "idea", "fiscal_year": BEFORE} | values)
    )


@pytest.mark.parametrize("code", CODES)
def test_without_records_there_is_no_figure(code, ward, organisations):
    assert find_measure(code)(ward, YEAR) is None
    assert find_measure(code)(MeasureScope(), YEAR) is None


def test_proposals_count_when_they_were_handed_in(ward, minato, shinjuku, register, alice, charlie, actor_of):
    register(minato, AFTER, 3)
    register(minato, BEFORE, 2)
    register(shinjuku, AFTER, 4)
    count = find_measure("practices.proposals")
    figure = count(ward, YEAR)
    assert (figure.value, figure.records) == (3, 3)
    assert count(MeasureScope(), YEAR).value == 7
    assert figure.evidence.count(actor_of(alice)) == 3 and figure.evidence.count(actor_of(charlie)) == 0
    assert figure.evidence.rows(actor_of(alice), 0, 1)[0].url


def test_an_unknown_day_counts_in_the_whole_year_only(ward, minato, register):
    register(minato, AFTER, 2, submitted_on=None, decided_on=None)
    count, rate = find_measure("practices.proposals"), find_measure("practices.adoption_rate")
    half = Period(AFTER.start, date(2025, 10, 1))
    assert count(ward, YEAR).value == 2 and count(ward, half).value == 0
    assert rate(ward, YEAR).value == 100 and rate(ward, half) is None


def test_withdrawn_and_merged_proposals_do_not_count(way, ward):
    kept, merged, withdrawn = way.submitted(), way.submitted(), way.submitted()
    way.draft()
    merge_proposals(way.officer, proposal=merged, into=kept)
    withdraw_proposal(way.author, proposal=withdrawn)
    this_year = Period.of_fiscal_year(FiscalYear.of(today()))
    assert find_measure("practices.proposals")(ward, this_year).value == 1


def test_the_adoption_rate_counts_what_was_decided(ward, minato, register):
    register(minato, AFTER, 3)
    register(minato, AFTER, 1, stage="rejected", outcome="rejected")
    register(minato, AFTER, 5, stage="review", outcome="", decided_on=None)
    figure = find_measure("practices.adoption_rate")(ward, YEAR)
    assert (figure.value, figure.numerator, figure.denominator) == (75, 3, 4)


def test_growth_compares_wards_that_have_both(ward, minato, shinjuku, organisations, register, freeze):
    register(minato, BEFORE, 4)
    register(minato, AFTER, 6)
    register(shinjuku, AFTER, 50)
    freeze(minato)
    figure = find_measure("practices.proposal_growth")(MeasureScope(), YEAR)
    assert (figure.value, figure.numerator, figure.denominator) == (Decimal("1.5"), 6, 4)
    assert "新宿区" in figure.note and "港区" not in figure.note


def test_growth_leaves_out_kinds_that_have_no_baseline(ward, minato, register, freeze, alice, actor_of):
    register(minato, BEFORE, 4)
    register(minato, AFTER, 6)
    register(minato, AFTER, 90, kind="implemented")
    freeze(minato)
    figure = find_measure("practices.proposal_growth")(ward, YEAR)
    assert figure.value == Decimal("1.5") and figure.evidence.count(actor_of(alice)) == 6
    assert find_measure("practices.proposal_growth")(ward, Period.of_fiscal_year(BEFORE)) is None


def test_what_growth_lacks_is_said(ward, minato, register, freeze):
    growth = find_measure("practices.proposal_growth")
    assert "固定されていません" in growth.what_lacks(ward, YEAR)[0]
    register(minato, BEFORE, 4)
    freeze(minato)
    assert "記録がありません" in growth.what_lacks(ward, YEAR)[0]


def test_per_100_staff_needs_the_number_of_staff(ward, minato, shinjuku, register, system_actor):
    register(minato, AFTER, 6)
    register(shinjuku, AFTER, 6)
    density = find_measure("practices.proposals_per_100_staff")
    assert density(ward, YEAR) is None
    record_staff_count(system_actor, ward=minato, fiscal_year=BEFORE, people=1200, source="定員調査")
    assert density(ward, YEAR).value == Decimal("0.5")
    joint = density(MeasureScope(), YEAR)
    assert joint.value == Decimal("0.5") and "新宿区" in joint.note


def test_effects_count_when_they_were_measured_and_no_estimates(way, ward, bob, actor_of):
    way.measured(yen_once=5_000)
    way.measured(grade="estimated")
    period = Period.of_fiscal_year(FiscalYear(2026))
    hours = find_measure("practices.measured_hours")(ward, period)
    yen = find_measure("practices.measured_yen")(ward, period)
    assert (hours.value, hours.records) == (60, 1)
    assert yen.value == 120_000 and "5,000" in yen.note
    assert hours.evidence.rows(actor_of(bob), 0, 5)[0].cells[-2:] == ("60.0", "120,000")
    assert find_measure("practices.measured_hours")(ward, YEAR) is None


def test_a_baseline_is_counted_or_stated_with_its_source(minato, register, freeze):
    with pytest.raises(NothingToCount):
        freeze(minato)
    with pytest.raises(SourceNeeded):
        freeze(minato, count=12)
    with pytest.raises(YearNotClosed):
        freeze(minato, fiscal_year=FiscalYear.of(today()))
    register(minato, BEFORE, 4)
    counted, stated = freeze(minato), freeze(minato, kind="issue", count=0, source_note="人事課の実績")
    assert (counted.count, counted.source) == (4, "counted")
    assert (stated.count, stated.source) == (0, "stated")


def test_a_frozen_baseline_changes_only_by_a_new_definition(minato, register, freeze):
    register(minato, BEFORE, 4)
    freeze(minato)
    register(minato, BEFORE, 2, stage="rejected", outcome="rejected")
    with pytest.raises(BaselineFrozen):
        freeze(minato)
    second = freeze(minato, definition="不採用も数える。")
    assert (second.version, second.count) == (2, 6)
    kept = ProposalBaseline.objects.owned_by(minato).get(version=1)
    assert kept.count == 4
    with pytest.raises(BaselineFrozen):
        freeze(minato, definition="不採用も数える。")


def test_the_database_refuses_to_change_a_frozen_baseline(minato, register, freeze):
    register(minato, BEFORE, 4)
    baseline = freeze(minato)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposalBaseline.objects.owned_by(minato).filter(pk=baseline.pk).update(count=1)


def test_only_administrators_freeze(minato, alice, actor_of):
    with pytest.raises(PermissionRefused):
        freeze_baseline(actor_of(alice), ward=minato, kind="idea", fiscal_year=BEFORE)
