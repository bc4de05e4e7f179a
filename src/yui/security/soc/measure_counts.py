"""Counts that the SOC offers to indicators: serious incidents, detections, rules whose logs arrive."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal

from django.db.models import Count, Min, Q, Sum
from django.utils.timezone import localtime
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import TOKYO, Period, today
from yui.kernel.measures.counting import WHY, count_of, keys_of, ward_keys
from yui.kernel.measures.registry import BulkKey, measure
from yui.kernel.measures.values import (
    DeferredEvidence,
    EvidenceColumn,
    Measure,
    MeasureScope,
    QuerySetEvidence,
    Unit,
)
from yui.kernel.scope.models import ScopedQuerySet
from yui.security.soc.engine.incidents import Kind
from yui.security.soc.models import AlertGroup, Entrustment, Incident, IncidentState, RuleCoverage
from yui.security.soc.queries.incidents.figures import incident_evidence
from yui.security.soc.queries.incidents.incidents import LARGE_LEAK, is_serious
from yui.security.soc.queries.incidents.moments import standing_by_incident


@measure(code="soc.serious_incidents", title=_("重大なセキュリティインシデント"), unit=Unit.COUNT)
def serious_incidents(scope: MeasureScope, period: Period) -> Measure | None:
    """Incidents first detected within the period that were serious.

    Serious: 深刻度 3 or 4, personal data of 1,000 people or more, or a core system that stood still for long.
    No data for a ward that neither entrusted its watch nor ever recorded an incident: zero must mean that
    somebody looked.
    """
    return serious_incidents_bulk([scope], [period]).get((scope, period))


@serious_incidents.bulk
def serious_incidents_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Count the serious incidents of many scopes and periods from a few reads."""
    wards = ward_keys()
    looked = _watched_from()
    serious = _serious_by_ward()
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        mine = keys_of(scope, wards)
        for period in periods:
            last = datetime.combine(period.end, time(0), TOKYO)
            if not any(looked[ward] < last for ward in mine if ward in looked):
                continue
            first = datetime.combine(period.start, time(0), TOKYO)
            keys = [key for ward in mine for at, key in serious[ward] if first <= at < last]
            found[scope, period] = count_of(
                len(keys),
                DeferredEvidence(lambda keys=keys: incident_evidence(keys)),  # type: ignore[misc]
                translated("深刻度3以上、個人情報%(people)s人以上、または基幹システムの長期停止を数えます。")
                % {"people": f"{LARGE_LEAK:,}"},
            )
    return found


@serious_incidents.lacking
def serious_incidents_lacking(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what is missing."""
    return [translated("この期間に、監視の委任もインシデントの記録もありません。ゼロとは言えません。")]


def _watched_from() -> dict[int, datetime]:
    """Return since when somebody looks for incidents in each ward: its first entrustment or incident."""
    since: dict[int, datetime] = {}
    entrusted = Entrustment.objects.unscoped(WHY).order_by().values_list("organisation_id", "valid_from")
    starts = [(ward, datetime.combine(day, time(0), TOKYO)) for ward, day in entrusted]
    incidents = Incident.objects.unscoped(WHY).filter(is_exercise=False).order_by()
    owner = dict(incidents.values_list("pk", "organisation_id"))
    starts += [(ward, at) for ward, _key, at in _first_detections(owner)]
    for ward, at in starts:
        since[ward] = min(since.get(ward, at), at)
    return since


def _first_detections(owner: Mapping[int, int]) -> list[tuple[int, int, datetime]]:
    """Return ward, incident and first detection of incidents, given as ``{incident: ward}``."""
    return [
        (owner[key], key, times[1, Kind.DETECTED].at)
        for key, times in standing_by_incident(owner).items()
        if (1, Kind.DETECTED) in times
    ]


def _serious_by_ward() -> dict[int, list[tuple[datetime, int]]]:
    """Return the serious incidents of each ward with their first detection."""
    ended_otherwise = [IncidentState.FALSE_POSITIVE, IncidentState.MERGED]
    candidates = (
        Incident.objects.unscoped(WHY)
        .filter(is_exercise=False)
        .exclude(state__in=ended_otherwise)
        .filter(Q(severity__gte=3) | Q(leaked_people__gte=LARGE_LEAK) | Q(core_system_stopped=True))
    )
    owner = {each.pk: each.organisation_id for each in candidates if is_serious(each)}
    found: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for ward, key, at in _first_detections(owner):
        found[ward].append((at, key))
    return found


@measure(code="soc.detections", title=_("検知した件数"), unit=Unit.COUNT)
def detections(scope: MeasureScope, period: Period) -> Measure | None:
    """Alert groups detected within the period; no data where none was ever raised for the scope.

    The note tells how many matches their groups only count, because a rule was beyond its hourly limit.
    """
    return detections_bulk([scope], [period]).get((scope, period))


@detections.bulk
def detections_bulk(scopes: Sequence[MeasureScope], periods: Sequence[Period]) -> Mapping[BulkKey, Measure]:
    """Count the groups of many scopes and periods, with one query for each period."""
    wards = ward_keys()
    groups = AlertGroup.objects.unscoped(WHY).order_by()
    first = dict(
        groups.values("organisation_id").annotate(at=Min("detected_at")).values_list("organisation_id", "at")
    )
    found: dict[BulkKey, Measure] = {}
    for period in periods:
        start, end = (datetime.combine(day, time(0), TOKYO) for day in (period.start, period.end))
        inside = groups.filter(detected_at__gte=start, detected_at__lt=end)
        counts = {
            ward: (number, held)
            for ward, number, held in inside.values("organisation_id")
            .annotate(n=Count("pk"), h=Sum("held"))
            .values_list("organisation_id", "n", "h")
        }
        for scope in scopes:
            mine = [ward for ward in keys_of(scope, wards) if ward in first and first[ward] < end]
            if mine:
                count, held = (sum(counts.get(ward, (0, 0))[at] for ward in mine) for at in (0, 1))
                evidence = _group_evidence(inside.filter(organisation_id__in=mine))
                found[scope, period] = count_of(count, evidence, _held_note(held))
    return found


def _held_note(held: int) -> str:
    """Return how many matches are in the groups by their number alone; empty where there are none."""
    if not held:
        return ""
    return translated("束の中に、多すぎたため数だけを記録した検知が%(count)s件あります。") % {
        "count": f"{held:,}"
    }


@detections.lacking
def detections_lacking(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what is missing."""
    return [
        translated("この期間の終わりまでに、検知の記録がありません。ログの送信元とルールを確かめてください。")
    ]


def _group_evidence(groups: ScopedQuerySet) -> QuerySetEvidence:
    def cells(group: AlertGroup) -> tuple[str, ...]:
        return (
            group.organisation.name,
            group.title,
            str(group.get_level_display()),
            f"{localtime(group.detected_at):%Y-%m-%d %H:%M}",
            str(group.get_state_display()),
        )

    return QuerySetEvidence(
        groups.select_related("organisation").order_by("organisation__sort_order", "detected_at", "pk"),
        (
            EvidenceColumn("ward", _("区")),
            EvidenceColumn("title", _("題名")),
            EvidenceColumn("level", _("重さ")),
            EvidenceColumn("detected", _("検知")),
            EvidenceColumn("state", _("状態")),
        ),
        cells,
        AlertGroup.get_absolute_url,
    )


@measure(code="soc.rule_coverage", title=_("ログが届いている検知ルールの割合"), unit=Unit.PERCENT)
def rule_coverage(scope: MeasureScope, period: Period) -> Measure | None:
    """Rules that are on and whose fields the ward's logs carry ÷ rules that are on, over the scope's wards.

    It is known as it stands today only: earlier and later periods have no data, nor has a ward whose rules
    were not compared with its logs yet.
    """
    return rule_coverage_bulk([scope], [period]).get((scope, period))


@rule_coverage.bulk
def rule_coverage_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Add the coverage up for many scopes from one query."""
    wards = ward_keys()
    rows = RuleCoverage.objects.unscoped(WHY).order_by("organisation__sort_order")
    counts = {
        ward: (sees, blind)
        for ward, sees, blind in rows.values_list("organisation_id", "evaluable", "blind")
        if sees + blind
    }
    present = [period for period in periods if period.start <= today() < period.end]
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        mine = [ward for ward in keys_of(scope, wards) if ward in counts]
        for period in present if mine else ():
            sees = Decimal(sum(counts[ward][0] for ward in mine))
            total = sees + sum(counts[ward][1] for ward in mine)
            evidence = _coverage_evidence(rows.filter(organisation_id__in=mine))
            found[scope, period] = Measure(
                sees * 100 / total, Unit.PERCENT, sees, total, evidence, records=len(mine)
            )
    return found


@rule_coverage.lacking
def rule_coverage_lacking(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what is missing."""
    return [translated("ルールと届いたログを比べた結果が、今日の時点でありません。")]


def _coverage_evidence(rows: ScopedQuerySet) -> QuerySetEvidence:
    def cells(row: RuleCoverage) -> tuple[str, ...]:
        at = f"{localtime(row.computed_at):%Y-%m-%d %H:%M}"
        return (row.organisation.name, f"{row.evaluable:,}", f"{row.blind:,}", at)

    return QuerySetEvidence(
        rows.select_related("organisation"),
        (
            EvidenceColumn("ward", _("区")),
            EvidenceColumn("sees", _("見えるルール")),
            EvidenceColumn("blind", _("項目が来ないルール")),
            EvidenceColumn("at", _("調べた日時")),
        ),
        cells,
    )
