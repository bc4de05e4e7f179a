"""Figures of the SOC: from records only, with numerator, denominator and the records behind them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yui.kernel.calendar_jp import Month, Period, now
from yui.kernel.measures.registry import find_measure
from yui.kernel.measures.values import MeasureScope
from yui.security.soc.models import AlertGroup, MomentKind, RuleCoverage
from yui.security.soc.operations import incidents
from yui.security.soc.operations.incidents.facts import PersonalDataFacts, SeverityFacts
from yui.security.soc.tests.alert_records import entrust, make_rule, raise_one
from yui.security.soc.tests.incident_records import HOUR, make_system, moments, start, touched

pytestmark = pytest.mark.django_db

CODES = [
    "soc.mean_time_to_contain",
    "soc.mean_time_to_acknowledge",
    "soc.mean_time_to_detect",
    "soc.serious_incidents",
    "soc.detections",
    "soc.rule_coverage",
]
THIS_YEAR = Period.of_months(Month.of(now().date()).shift(-11), Month.of(now().date()))


@pytest.fixture
def ward(minato):
    """港区 as a scope."""
    return MeasureScope(minato)


def figure(code, scope, period=THIS_YEAR):
    """One figure."""
    return find_measure(code)(scope, period)


def contain(actor, incident, hours_after):
    """Record that an incident was contained so many hours after its detection."""
    at = moments(incident)[0].at + hours_after * HOUR
    incidents.record_moment(actor, incident=incident, kind=MomentKind.CONTAINED, at=at, note="試験")


@pytest.mark.parametrize("code", CODES)
def test_without_records_there_is_no_figure(code, ward, organisations):
    assert figure(code, ward) is None
    assert figure(code, MeasureScope()) is None


def test_the_mean_counts_what_was_contained_and_tells_what_runs(
    ward, system_actor, minato, actor_of, charlie
):
    for hours in (2, 10):
        contain(system_actor, start(system_actor, minato, hours_ago=20), hours)
    start(system_actor, minato, hours_ago=30)
    found = figure("soc.mean_time_to_contain", ward)
    assert (found.value, found.numerator, found.denominator) == (6, 12, 2)
    assert "30.0" in found.note
    assert found.evidence.count(system_actor) == 2
    assert found.evidence.rows(system_actor, 0, 9)[0].cells[-1] == "2.0"
    assert found.evidence.rows(system_actor, 0, 9)[0].url
    assert found.evidence.count(actor_of(charlie)) == 0
    assert figure("soc.mean_time_to_contain", MeasureScope()).value == 6


def test_exercises_false_alarms_and_merged_ones_do_not_count(ward, system_actor, minato):
    drill = start(system_actor, minato, is_exercise=True)
    contain(system_actor, drill, 1)
    false = start(system_actor, minato)
    contain(system_actor, false, 1)
    incidents.judge_false(system_actor, incident=false, reason="試験")
    target, part = (start(system_actor, minato) for _each in range(2))
    contain(system_actor, part, 1)
    incidents.merge_incident(system_actor, incident=part, into=target)
    assert figure("soc.mean_time_to_contain", ward) is None
    assert "続いているもの" in find_measure("soc.mean_time_to_contain").what_lacks(ward, THIS_YEAR)[0]


def test_reopening_adds_an_interval(ward, system_actor, minato):
    incident = start(system_actor, minato, hours_ago=8)
    contain(system_actor, incident, 4)
    incidents.close_incident(system_actor, incident=incident, reason="済")
    incidents.reopen_incident(system_actor, incident=incident, reason="再発")
    incidents.record_moment(system_actor, incident=incident, kind=MomentKind.CONTAINED)
    found = figure("soc.mean_time_to_contain", ward)
    assert found.denominator == 2
    assert round(found.value, 2) == 2


def test_a_system_found_later_stops_the_clock_from_standing(ward, system_actor, minato):
    incident = start(system_actor, minato, hours_ago=8)
    contain(system_actor, incident, 2)
    make_system(system_actor, minato)
    incidents.affect_system(system_actor, incident=incident, system_code="MN-001")
    assert figure("soc.mean_time_to_contain", ward) is None
    incidents.contain_system(
        system_actor,
        affected=touched(incident, "MN-001"),
        at=moments(incident)[0].at + 6 * HOUR,
        reason="記録から",
    )
    assert figure("soc.mean_time_to_contain", ward).value == 6


def test_a_figure_belongs_to_the_month_in_which_it_ended(ward, system_actor, minato):
    incident = start(system_actor, minato, hours_ago=24 * 40)
    contain(system_actor, incident, 24 * 39)
    month = Month.of(now().date())
    two_before = Period.of_month(Month.of((now() - timedelta(days=62)).date()))
    assert figure("soc.mean_time_to_contain", ward, two_before) is None
    ended = Month.of((now() - timedelta(days=1)).date())
    assert figure("soc.mean_time_to_contain", ward, Period.of_month(ended)).value == 24 * 39
    assert ended <= month


def test_detection_counts_from_the_beginning_of_an_estimate(ward, system_actor, minato):
    incident = start(system_actor, minato, hours_ago=10)
    assert figure("soc.mean_time_to_detect", ward) is None
    at = moments(incident)[0].at
    incidents.record_moment(
        system_actor,
        incident=incident,
        kind=MomentKind.OCCURRED,
        at=at - 5 * HOUR,
        until=at - HOUR,
        note="ログから",
    )
    assert figure("soc.mean_time_to_detect", ward).value == 5


def test_zero_serious_incidents_needs_somebody_who_looked(ward, system_actor, minato, soc):
    entrust(minato, soc)
    assert figure("soc.serious_incidents", ward).value == 0
    assert figure("soc.serious_incidents", ward).evidence.count(system_actor) == 0


@pytest.mark.parametrize(
    ("facts", "people", "stopped", "counts"),
    [
        ((2, 2, 2), 999, False, 0),
        ((3, 0, 0), None, False, 1),
        ((0, 0, 0), 1000, False, 1),
        ((1, 0, 0), None, True, 1),
    ],
)
def test_what_makes_an_incident_serious(ward, system_actor, minato, facts, people, stopped, counts):
    incident = start(system_actor, minato)
    names = ("severity_continuity", "severity_safety", "severity_trust")
    incidents.set_severity(
        system_actor,
        incident=incident,
        facts=SeverityFacts(**dict(zip(names, facts, strict=True))),
        reason="評価",
        core_system_stopped=stopped,
    )
    incidents.assess_personal_data(
        system_actor, incident=incident, facts=PersonalDataFacts(leaked_people=people)
    )
    found = figure("soc.serious_incidents", ward)
    assert found.value == counts
    assert found.evidence.count(system_actor) == counts


def test_detections_are_counted(ward, system_actor, minato, soc):
    key = raise_one(system_actor, minato, make_rule(soc))
    AlertGroup.objects.unscoped("test").filter(pk=key).update(detected_at=now())
    assert figure("soc.detections", ward).value == 1
    assert figure("soc.detections", MeasureScope()).evidence.count(system_actor) == 1


def test_coverage_adds_up_over_wards_and_is_known_today_only(
    ward, minato, shinjuku, actor_of, charlie, system_actor
):
    for place, sees, blind in ((minato, 3, 1), (shinjuku, 1, 3)):
        RuleCoverage.objects.create(organisation=place, evaluable=sees, blind=blind, computed_at=now())
    assert figure("soc.rule_coverage", ward).value == 75
    joint = figure("soc.rule_coverage", MeasureScope())
    assert (joint.value, joint.numerator, joint.denominator) == (Decimal(50), 4, 8)
    assert joint.evidence.count(actor_of(charlie)) == 1
    assert joint.evidence.rows(system_actor, 0, 9)[0].cells[1:3] == ("3", "1")
    earlier = Period.of_month(Month.of(now().date()).shift(-1))
    assert figure("soc.rule_coverage", ward, earlier) is None
    assert find_measure("soc.rule_coverage").what_lacks(ward, earlier)


def test_many_figures_are_those_that_come_one_by_one_in_few_queries(
    ward, system_actor, minato, shinjuku, organisations
):
    for place, hours in ((minato, 3), (shinjuku, 9)):
        contain(system_actor, start(system_actor, place, hours_ago=20), hours)
    wards = [each for each in organisations.values() if each.is_ward]
    scopes = [MeasureScope(), *map(MeasureScope, wards)]
    last = Month.of(now().date())
    periods = [Period.of_month(month) for month in Month.between(last.shift(-35), last)]
    for code in CODES[:4]:
        definition = find_measure(code)
        with CaptureQueriesContext(connection) as queries:
            many = definition.many(scopes, periods)
        assert len(queries) <= 8, code
        for scope in (MeasureScope(), ward, MeasureScope(shinjuku)):
            for period in periods[-2:]:
                one, among = definition(scope, period), many.get((scope, period))
                assert (one and one.value) == (among and among.value), (code, scope.code)
