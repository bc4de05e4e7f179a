"""Times to respond that the SOC offers to indicators; its counts are in ``measure_counts``."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import Period, now
from yui.kernel.measures.counting import keys_of, ward_keys
from yui.kernel.measures.registry import BulkKey, MeasureDefinition, measure
from yui.kernel.measures.values import DeferredEvidence, Measure, MeasureScope, Unit
from yui.security.soc import measure_counts
from yui.security.soc.engine.response_times import PeriodSpans, summarise
from yui.security.soc.queries.incidents.figures import HOUR, incident_evidence
from yui.security.soc.queries.incidents.response_times import Clock, intervals_by_ward, within

COUNTS = (measure_counts.serious_incidents, measure_counts.detections, measure_counts.rule_coverage)
"""Importing them offers them: this file is what the kernel loads."""


def _times(
    scopes: Sequence[MeasureScope], periods: Sequence[Period], clock: Clock
) -> Mapping[BulkKey, Measure]:
    """Work the mean of one clock out for many scopes and periods from one read of all moments."""
    intervals = intervals_by_ward()
    wards = ward_keys()
    as_of = now()
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        for period in periods:
            spans = within(intervals, keys_of(scope, wards), clock, period, as_of)
            if spans.ended:
                found[scope, period] = _mean(spans)
    return found


def _mean(spans: PeriodSpans) -> Measure:
    """Return the mean in hours of those that ended; the note says what it leaves out."""
    times = summarise(spans.spans)
    hours = Decimal(int(times.total.total_seconds())) / 3600
    return Measure(
        hours / times.ended,
        Unit.HOURS,
        hours,
        Decimal(times.ended),
        DeferredEvidence(lambda: incident_evidence(spans.ended)),
        note=_open_note(times.open, times.longest_open),
        records=len(set(spans.ended)),
    )


def _open_note(count: int, longest: timedelta | None) -> str:
    """Return what the mean leaves out, empty where nothing runs."""
    if not count or longest is None:
        return ""
    return translated(
        "まだ終わっていないものが%(count)s件あり、平均に入っていません(最長%(hours)s時間)。"
    ) % {
        "count": count,
        "hours": f"{longest / HOUR:,.1f}",
    }


def _what_lacks(scope: MeasureScope, period: Period, clock: Clock) -> list[str]:
    """Say why there is no mean: nothing recorded, or nothing that ended."""
    wards = [scope.organisation.pk] if scope.organisation else None
    intervals = intervals_by_ward(wards)
    if not any(each.by_clock.get(clock) for each in intervals.values()):
        return [translated("対象になるインシデントの記録がありません(演習と誤検知は数えません)。")]
    spans = within(intervals, intervals, clock, period, now())
    if spans.running:
        return [
            translated("この期間に終わったものがありません。続いているものが%(count)s件あります。")
            % {"count": len(spans.running)}
        ]
    return [translated("この期間に終わったものがありません。")]


def _by_clock(offered: MeasureDefinition, clock: Clock) -> None:
    """Let a mean be worked out for many scopes and periods at once, and say what it lacks, by its clock."""
    offered.bulk(partial(_times, clock=clock))
    offered.lacking(partial(_what_lacks, clock=clock))


@measure(code="soc.mean_time_to_contain", title=_("検知から封じ込めまでの平均時間(MTTC)"), unit=Unit.HOURS)
def mean_time_to_contain(scope: MeasureScope, period: Period) -> Measure | None:
    """Mean hours from detection to containment, over the rounds of incidents contained within the period.

    Exercises, false alarms and merged incidents are not counted; reopening adds a round. What still runs at
    the period's end is no part of the mean: the note says how many and for how long.
    """
    return _times([scope], [period], Clock.CONTAIN).get((scope, period))


_by_clock(mean_time_to_contain, Clock.CONTAIN)


@measure(code="soc.mean_time_to_acknowledge", title=_("検知から着手までの平均時間(MTTA)"), unit=Unit.HOURS)
def mean_time_to_acknowledge(scope: MeasureScope, period: Period) -> Measure | None:
    """Mean hours from detection to the moment somebody took the incident up within the period."""
    return _times([scope], [period], Clock.ACKNOWLEDGE).get((scope, period))


_by_clock(mean_time_to_acknowledge, Clock.ACKNOWLEDGE)


@measure(code="soc.mean_time_to_detect", title=_("発生から検知までの平均時間(MTTD)"), unit=Unit.HOURS)
def mean_time_to_detect(scope: MeasureScope, period: Period) -> Measure | None:
    """Mean hours from occurrence to detection, over the incidents detected within the period.

    An estimated occurrence counts from the beginning of its interval. Incidents whose beginning is unknown
    are not counted.
    """
    return _times([scope], [period], Clock.DETECT).get((scope, period))


_by_clock(mean_time_to_detect, Clock.DETECT)
