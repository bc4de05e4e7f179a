"""The life of an incident: what may be recorded, what stands, what state follows."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from yui.security.soc.engine.incidents import (
    COMES_BEFORE,
    ENDINGS,
    BeforeRound,
    InFuture,
    Kind,
    Moment,
    NotLatest,
    OutOfOrder,
    Repeated,
    RoundEnded,
    RoundNotReopened,
    UntilBeforeAt,
    WithoutContainment,
    containment_intervals,
    contradictions,
    effective,
    state_of,
)
from yui.security.soc.models import IncidentState, MomentKind

START = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
LATER = START + timedelta(days=30)


def moment(key, kind, hours, round_number=1, *, revises=None, until=None):
    """A moment so many hours after the start."""
    end = START + timedelta(hours=until) if until is not None else None
    return Moment(key, round_number, kind, START + timedelta(hours=hours), end, revises)


def refused(recorded, new, at=LATER):
    """The classes of what speaks against a moment."""
    return [type(each) for each in contradictions(recorded, new, at)]


def test_the_engine_knows_the_words_of_the_record():
    assert [kind.value for kind in Kind] == list(MomentKind.values)
    states = {state_of({(1, kind): moment(1, kind, 0)}, 1) for kind in Kind}
    assert states <= set(IncidentState.values)
    assert set(IncidentState.values) == states


def test_the_orders_contradict_each_other_nowhere():
    assert not [(first, second) for first, second in COMES_BEFORE if (second, first) in COMES_BEFORE]
    assert (Kind.OCCURRED, Kind.RECOVERED) in COMES_BEFORE
    assert (Kind.ACKNOWLEDGED, Kind.CONTAINED) not in COMES_BEFORE


def test_what_does_not_agree_is_refused_with_the_reason():
    detected = moment(1, Kind.DETECTED, 0)
    assert refused([detected], moment(2, Kind.CONTAINED, 1)) == []
    assert refused([detected], moment(2, Kind.CONTAINED, -1)) == [OutOfOrder]
    assert refused([detected], moment(2, Kind.DETECTED, 1)) == [Repeated]
    assert refused([detected], moment(2, Kind.CONTAINED, 1), START) == [InFuture]
    assert refused([detected], moment(2, Kind.CLOSED, 1)) == [WithoutContainment]
    assert refused([detected], moment(2, Kind.DETECTED, 1, revises=7)) == [NotLatest]
    assert refused([detected], moment(2, Kind.CONTAINED, 1, revises=1)) == [NotLatest]
    assert refused([detected], moment(2, Kind.OCCURRED, -5, until=-6)) == [UntilBeforeAt]


def test_an_estimate_must_lie_before_detection_as_a_whole():
    detected = moment(1, Kind.DETECTED, 0)
    assert refused([detected], moment(2, Kind.OCCURRED, -9, until=-1)) == []
    assert refused([detected], moment(2, Kind.OCCURRED, -9, until=1)) == [OutOfOrder]


def test_a_missing_moment_between_does_not_hide_a_contradiction():
    recorded = [moment(1, Kind.DETECTED, 0), moment(2, Kind.RECOVERED, 5)]
    assert refused(recorded, moment(3, Kind.CONTAINMENT_STARTED, 6)) == [OutOfOrder]


def test_a_round_ends_once_and_the_next_begins_after_it():
    round_one = [moment(1, Kind.DETECTED, 0), moment(2, Kind.CONTAINED, 2), moment(3, Kind.CLOSED, 4)]
    assert refused(round_one, moment(4, Kind.JUDGED_FALSE, 5)) == [RoundEnded]
    assert refused(round_one[:2], moment(4, Kind.REOPENED, 5, 2)) == [RoundNotReopened]
    assert refused(round_one, moment(4, Kind.REOPENED, 3, 2)) == [BeforeRound]
    assert refused(round_one, moment(4, Kind.OCCURRED, 1, 2)) == []
    reopened = [*round_one, moment(4, Kind.REOPENED, 6, 2)]
    assert refused(reopened, moment(5, Kind.CLOSED, 7, revises=3)) == [OutOfOrder]
    assert refused(reopened, moment(5, Kind.CLOSED, 5, revises=3)) == []


def test_a_revision_takes_the_place_and_both_stay():
    recorded = [moment(1, Kind.DETECTED, 0), moment(2, Kind.DETECTED, 1, revises=1)]
    assert effective(recorded)[1, Kind.DETECTED].key == 2
    assert refused(recorded, moment(3, Kind.DETECTED, 2, revises=1)) == [NotLatest]
    assert refused(recorded, moment(3, Kind.DETECTED, 2, revises=2)) == []


def test_reopening_adds_an_interval_and_keeps_the_first():
    recorded = [
        moment(1, Kind.DETECTED, 0),
        moment(2, Kind.DECLARED, 1),
        moment(3, Kind.CONTAINED, 5),
        moment(4, Kind.CLOSED, 9),
        moment(5, Kind.DETECTED, 20, 2),
        moment(6, Kind.REOPENED, 21, 2),
    ]
    standing = effective(recorded)
    first, second = containment_intervals(standing)
    assert first.contained_at - first.detected_at == timedelta(hours=5)
    assert (second.detected_at, second.contained_at) == (START + timedelta(hours=20), None)
    assert state_of(standing, 2) == "declared"


@pytest.mark.parametrize("ending", [Kind.JUDGED_FALSE, Kind.MERGED])
def test_what_was_no_incident_of_its_own_has_no_interval(ending):
    assert containment_intervals(effective([moment(1, Kind.DETECTED, 0), moment(2, ending, 1)])) == ()


class Life(RuleBasedStateMachine):
    """Whatever people try to record, the accepted history agrees with itself."""

    def __init__(self):
        super().__init__()
        self.recorded = [moment(1, Kind.DETECTED, 0)]

    def offer(self, new):
        if not contradictions(self.recorded, new, LATER):
            self.recorded.append(new)

    @rule(
        kind=st.sampled_from(list(Kind)),
        hours=st.integers(-48, 200),
        number=st.integers(1, 3),
        span=st.none() | st.integers(0, 5),
    )
    def record(self, kind, hours, number, span):
        until = None if span is None else hours + span
        self.offer(moment(len(self.recorded) + 1, kind, hours, number, until=until))

    @rule(hours=st.integers(-48, 200), data=st.data())
    def revise(self, hours, data):
        old = data.draw(st.sampled_from(self.recorded))
        self.offer(moment(len(self.recorded) + 1, old.kind, hours, old.round, revises=old.key))

    @rule()
    def go_through_a_round(self):
        number = max(each.round for each in self.recorded)
        last = max(int((each.at - START).total_seconds() // 3600) for each in self.recorded)
        for step, kind in enumerate((Kind.CONTAINED, Kind.CLOSED), start=1):
            self.offer(moment(len(self.recorded) + 1, kind, last + step, number))
        self.offer(moment(len(self.recorded) + 1, Kind.DETECTED, last + 4, number + 1))

    @invariant()
    def what_stands_is_in_order(self):
        standing = effective(self.recorded)
        for (number, kind), first in standing.items():
            for (other_number, other), second in standing.items():
                if number == other_number and (kind, other) in COMES_BEFORE:
                    assert first.at <= second.at

    @invariant()
    def each_place_has_one_standing_moment_and_one_ending(self):
        standing = effective(self.recorded)
        places = {(each.round, each.kind) for each in self.recorded}
        assert set(standing) == places
        for number in {number for number, _kind in places}:
            assert sum((number, kind) in places for kind in ENDINGS) <= 1

    @invariant()
    def intervals_never_run_backwards_and_states_are_known(self):
        standing = effective(self.recorded)
        for interval in containment_intervals(standing):
            assert interval.contained_at is None or interval.contained_at >= interval.detected_at
        assert state_of(standing, max(each.round for each in self.recorded)) in IncidentState.values


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
