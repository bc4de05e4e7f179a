"""The life of a proposal, its deadlines, and growth over wards that have both figures."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.calendar_jp import is_business_day
from yui.people.practices.engine.proposal_deadlines import (
    USUAL_DAYS,
    due_on,
    months_later,
    next_confirmation,
)
from yui.people.practices.engine.proposal_growth import BaselineFact, growth_of, standing_baselines
from yui.people.practices.engine.proposal_states import (
    DECISIONS,
    ENDED,
    NEEDS_WORDS,
    UNDECIDED,
    Stage,
    Standing,
    Step,
    StepNotAllowed,
    next_stage,
    standing_after,
    steps_from,
)
from yui.people.practices.models import ProposalOutcome, ProposalStage, StepKind

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@st.composite
def walks(draw):
    """Steps that a proposal can go through, each chosen among those that start where it stands."""
    standing, steps = Standing(), []
    for _number in range(draw(st.integers(0, 25))):
        possible = sorted(steps_from(standing.stage))
        if not possible:
            break
        step = draw(st.sampled_from(possible))
        standing = standing.after(step)
        steps.append(step)
    return steps


@given(walks())
def test_a_decision_stands_from_its_step_to_the_end(steps):
    standing = standing_after(steps)
    decided = [step for step in steps if step in DECISIONS]
    assert len(decided) <= 1
    assert bool(standing.outcome) == bool(decided)
    if decided:
        assert standing.outcome == DECISIONS[decided[0]].value
        assert standing.stage not in UNDECIDED


@given(walks())
def test_nothing_follows_an_end_and_nothing_is_adopted_unreviewed(steps):
    standing = standing_after(steps)
    assert (not steps_from(standing.stage)) == (standing.stage in ENDED)
    if standing.outcome:
        assert Step.REVIEW in steps and Step.SUBMIT in steps
    if standing.stage in (Stage.MEASURED, Stage.SPREAD):
        assert Step.IMPLEMENT in steps and Step.MEASURE in steps and standing.outcome != "rejected"


@given(st.sampled_from(Stage), st.sampled_from(Step))
def test_a_step_is_taken_or_refused_and_names_both(stage, step):
    if step in steps_from(stage):
        assert isinstance(next_stage(stage, step), Stage)
        return
    with pytest.raises(StepNotAllowed) as refusal:
        next_stage(stage, step)
    assert (refusal.value.stage, refusal.value.step) == (stage, step)


def test_the_table_reaches_every_stage():
    reached, waiting = {Stage.DRAFT}, [Stage.DRAFT]
    while waiting:
        stage = waiting.pop()
        for step in steps_from(stage):
            after = next_stage(stage, step)
            if after not in reached:
                reached.add(after)
                waiting.append(after)
    assert reached == set(Stage)


def test_the_records_know_the_same_words():
    assert set(ProposalStage.values) == {stage.value for stage in Stage}
    assert {step.value for step in Step} <= set(StepKind.values)
    assert set(ProposalOutcome.values) == {stage.value for stage in DECISIONS.values()}
    assert {Step.REJECT, Step.RETURN} <= NEEDS_WORDS


@given(st.sampled_from(Stage), DAYS, st.integers(1, 60))
def test_a_deadline_is_a_business_day_after_so_many(stage, entered, count):
    due = due_on(stage, entered, dict.fromkeys(USUAL_DAYS, count))
    if stage not in USUAL_DAYS:
        assert due is None
        return
    assert due is not None and due > entered and is_business_day(due)
    between = (entered + timedelta(days=step) for step in range(1, (due - entered).days + 1))
    assert sum(is_business_day(day) for day in between) == count


@given(DAYS, st.integers(0, 40))
def test_months_later_keeps_the_day_or_takes_the_last_one(day, months):
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_effects_are_looked_at_after_six_and_twelve_months():
    assert next_confirmation(date(2026, 8, 31), 0) == date(2027, 2, 28)
    assert next_confirmation(date(2026, 8, 31), 1) == date(2027, 8, 31)
    assert next_confirmation(date(2026, 8, 31), 2) is None


FACTS = st.builds(
    BaselineFact,
    ward=st.integers(1, 5),
    kind=st.sampled_from(["idea", "implemented"]),
    fiscal_year=st.integers(2022, 2026),
    version=st.integers(1, 3),
    count=st.integers(0, 50),
)
COUNTS = st.dictionaries(
    st.tuples(st.integers(1, 5), st.sampled_from(["idea", "implemented"])), st.integers(1, 90)
)


@given(st.lists(FACTS, max_size=12), COUNTS)
def test_growth_compares_only_cells_that_have_both(facts, counts):
    baselines = standing_baselines(facts)
    recording = frozenset(ward for ward, _kind in counts)
    growth = growth_of(range(1, 6), baselines, counts, recording, 2026)
    for cell in growth.cells:
        assert baselines[cell].fiscal_year < 2026 and cell[0] in recording
    assert growth.wards.isdisjoint(growth.missing)
    assert growth.wards | set(growth.missing) == set(range(1, 6))
    assert (growth.ratio is None) == (not growth.cells or not growth.baseline)
    if growth.ratio is not None:
        assert growth.ratio * growth.baseline == pytest.approx(growth.proposals)


@given(st.lists(FACTS, min_size=1, max_size=12))
def test_the_newest_definition_stands(facts):
    for cell, fact in standing_baselines(facts).items():
        assert fact.version == max(each.version for each in facts if each.cell == cell)


def test_a_ward_that_joins_late_makes_no_growth_of_its_own():
    baselines = {(1, "idea"): BaselineFact(1, "idea", 2024, 1, 10)}
    alone = growth_of([1], baselines, {(1, "idea"): 10}, frozenset({1}), 2026)
    joined = growth_of([1, 2], baselines, {(1, "idea"): 10, (2, "idea"): 500}, frozenset({1, 2}), 2026)
    assert alone.ratio == joined.ratio == 1
    assert joined.missing == (2,)


def test_a_kind_that_was_not_counted_before_makes_no_growth_either():
    baselines = {(1, "idea"): BaselineFact(1, "idea", 2024, 1, 10)}
    counts = {(1, "idea"): 12, (1, "implemented"): 402}
    assert growth_of([1], baselines, counts, frozenset({1}), 2026).proposals == 12
