"""Figures beside the counts: solved per 100 staff, and questions that needed not be asked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import TOKYO, FiscalYear, Period
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
from yui.organisations.public import StaffCount
from yui.people.commons.measures_counting import WHY, Days, days_of, evidence_of, moment, time_text, within
from yui.people.commons.models import Deflection

_SPARED_COLUMNS = (
    EvidenceColumn("title", _("役に立った質問")),
    EvidenceColumn("ward", _("質問せずに済んだ区")),
    EvidenceColumn("at", _("日時")),
)


@measure(code="commons.solved_per_100_staff", title=_("職員100人あたりの解決した質問"), unit=Unit.COUNT)
def solved_per_100_staff(scope: MeasureScope, period: Period) -> Measure | None:
    """Solved questions per 100 staff of the fiscal year in which the period ends.

    Joint: over the wards whose number of staff is recorded; the note says how many are not.
    """
    return solved_per_100_staff_bulk([scope], [period]).get((scope, period))


@solved_per_100_staff.bulk
def solved_per_100_staff_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Work the figures of many scopes and periods out from three reads."""
    years = {FiscalYear.of(period.last_day).year for period in periods}
    staff: dict[int, dict[int, int]] = defaultdict(dict)
    counts = StaffCount.objects.unscoped(WHY).filter(fiscal_year__in=years)
    for body, year, people in counts.values_list("organisation_id", "fiscal_year", "people"):
        staff[year][body] = people
    days = days_of("solved_at")
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        for period in periods:
            figure = _per_staff(scope, period, days, staff[FiscalYear.of(period.last_day).year])
            if figure is not None:
                found[scope, period] = figure
    return found


def _per_staff(scope: MeasureScope, period: Period, days: Days, staff: Mapping[int, int]) -> Measure | None:
    wanted = [scope.organisation.pk] if scope.organisation else list(days.began)
    bodies = [
        body for body in wanted if body in staff and body in days.began and days.began[body] < period.end
    ]
    people = sum(staff[body] for body in bodies)
    if not people:
        return None
    number = sum(
        count
        for body in bodies
        for day, count in days.counts.get(body, {}).items()
        if period.start <= day < period.end
    )
    missing = len(days.began) - len(bodies) if scope.is_joint else 0
    note = translated("職員数のない団体が%(count)s件あり、入っていません。") % {"count": missing}
    return Measure(
        Decimal(number) * 100 / Decimal(people),
        Unit.COUNT,
        Decimal(number),
        Decimal(people),
        evidence_of(lambda: within(scope, period, "solved_at").filter(organisation_id__in=bodies)),
        note=note if missing else "",
        records=number,
    )


@solved_per_100_staff.lacking
def solved_per_100_staff_lacking(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what is missing."""
    return [translated("職員数が登録されていないか、質問がまだありません。")]


@measure(code="commons.spared_questions", title=_("質問せずに解決した件数"), unit=Unit.COUNT)
def spared_questions(scope: MeasureScope, period: Period) -> Measure | None:
    """How often somebody found the answer in a similar question and did not need to ask; counted apart."""
    return spared_questions_bulk([scope], [period]).get((scope, period))


@spared_questions.bulk
def spared_questions_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Count for many scopes and periods from one read."""
    rows = (
        _spared()
        .order_by()
        .annotate(day=TruncDate("at", tzinfo=TOKYO))
        .values_list("spared_id", "day")
        .annotate(number=Count("pk"))
    )
    counts: dict[int, dict[date, int]] = defaultdict(dict)
    for body, day, number in rows:
        counts[body][day] = number
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        bodies = [scope.organisation.pk] if scope.organisation else list(counts)
        for period in periods:
            number = sum(
                count
                for body in bodies
                for day, count in counts.get(body, {}).items()
                if period.start <= day < period.end
            )
            if number:
                value, evidence = Decimal(number), _spared_evidence(scope, period)
                found[scope, period] = Measure(value, Unit.COUNT, value, None, evidence, records=number)
    return found


def _spared() -> ScopedQuerySet:
    """Return the clicks on 「これで解決」 under questions that are on the pages."""
    found: ScopedQuerySet = Deflection.objects.unscoped(WHY).filter(question__hidden_at__isnull=True)
    return found


def _spared_evidence(scope: MeasureScope, period: Period) -> DeferredEvidence:
    """Return one row for each time: two people spared by one question are two."""

    def spared() -> ScopedQuerySet:
        rows = _spared().filter(at__gte=moment(period.start), at__lt=moment(period.end))
        rows = rows.filter(spared=scope.organisation) if scope.organisation else rows
        return rows.select_related("question", "spared").order_by("-at", "-pk")

    return DeferredEvidence(
        lambda: QuerySetEvidence(
            spared(),
            _SPARED_COLUMNS,
            lambda one: (one.question.title, one.spared.name, time_text(one.at)),
            lambda one: one.question.get_absolute_url(),
        )
    )


@spared_questions.lacking
def spared_questions_lacking(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what is missing."""
    return [translated("「これで解決」が押されたことは、この期間にありません。")]
