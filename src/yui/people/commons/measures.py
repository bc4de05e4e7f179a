"""Figures of the commons that indicators may show: asked, solved, time to the first answer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from statistics import median

from django.db.models import Count, Min
from django.db.models.functions import TruncDate
from django.utils.timezone import localtime
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
from yui.people.commons.models import Deflection, Question, QuestionState

WHY = "joint figures count the questions of all wards"
MINUTES = 60
_COLUMNS = (
    EvidenceColumn("title", _("質問")),
    EvidenceColumn("ward", _("区")),
    EvidenceColumn("asked", _("質問した日時")),
    EvidenceColumn("solved", _("解決した日時")),
)


def _questions() -> ScopedQuerySet:
    found: ScopedQuerySet = Question.objects.unscoped(WHY).filter(hidden_at__isnull=True)
    return found


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(0), TOKYO)


def _time(at: datetime | None) -> str:
    return f"{localtime(at, TOKYO):%Y-%m-%d %H:%M}" if at else ""


def _evidence(questions: ScopedQuerySet) -> DeferredEvidence:
    """Return the questions counted, narrowed to the reader when they are listed."""
    ordered = questions.select_related("organisation").order_by("-asked_at", "-pk")
    return DeferredEvidence(
        lambda: QuerySetEvidence(
            ordered,
            _COLUMNS,
            lambda question: (
                question.title,
                question.organisation.name,
                _time(question.asked_at),
                _time(question.solved_at),
            ),
            lambda question: question.get_absolute_url(),
        )
    )


def _within(scope: MeasureScope, period: Period, field: str) -> ScopedQuerySet:
    """Return the questions of a scope whose moment ``field`` lies within a period."""
    questions = _questions().filter(
        **{f"{field}__gte": _moment(period.start), f"{field}__lt": _moment(period.end)}
    )
    return questions.filter(organisation=scope.organisation) if scope.organisation else questions


@dataclass(frozen=True)
class _Days:
    """How many questions each body has on each day, and the day of its first question."""

    counts: Mapping[int, Mapping[date, int]]
    began: Mapping[int, date]

    def count(self, scope: MeasureScope, period: Period) -> int | None:
        """Return the number within a period; None for a body that had asked nothing until its end."""
        bodies = [scope.organisation.pk] if scope.organisation else list(self.began)
        if not any(self.began[body] < period.end for body in bodies if body in self.began):
            return None
        return sum(
            number
            for body in bodies
            for day, number in self.counts.get(body, {}).items()
            if period.start <= day < period.end
        )


def _days(field: str, questions: ScopedQuerySet | None = None) -> _Days:
    rows = (
        (questions if questions is not None else _questions())
        .filter(**{f"{field}__isnull": False})
        .order_by()
        .annotate(day=TruncDate(field, tzinfo=TOKYO))
        .values_list("organisation_id", "day")
        .annotate(number=Count("pk"))
    )
    counts: dict[int, dict[date, int]] = defaultdict(dict)
    for body, day, number in rows:
        counts[body][day] = number
    first = _questions().order_by().values_list("organisation_id").annotate(first=Min("asked_at"))
    return _Days(counts, {body: localtime(at, TOKYO).date() for body, at in first})


def _counted(
    scopes: Sequence[MeasureScope], periods: Sequence[Period], field: str, note: str = ""
) -> Mapping[BulkKey, Measure]:
    days = _days(field)
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        for period in periods:
            number = days.count(scope, period)
            if number is not None:
                value = Decimal(number)
                evidence = _evidence(_within(scope, period, field))
                found[scope, period] = Measure(
                    value, Unit.COUNT, value, None, evidence, note=note, records=number
                )
    return found


def _nothing_asked(scope: MeasureScope, period: Period) -> Sequence[str]:
    return [translated("この期間までに、質問が一つもありません。")]


@measure(code="commons.solved_questions", title=_("解決した質問"), unit=Unit.COUNT)
def solved_questions(scope: MeasureScope, period: Period) -> Measure | None:
    """Questions that were marked as solved within the period and still are; a ward's are those it asked."""
    return solved_questions_bulk([scope], [period]).get((scope, period))


@solved_questions.bulk
def solved_questions_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Count the solved questions of many scopes and periods from two reads."""
    return _counted(scopes, periods, "solved_at")


solved_questions.lacking(_nothing_asked)


@measure(code="commons.questions", title=_("質問の数"), unit=Unit.COUNT)
def questions(scope: MeasureScope, period: Period) -> Measure | None:
    """Questions asked within the period."""
    return questions_bulk([scope], [period]).get((scope, period))


@questions.bulk
def questions_bulk(scopes: Sequence[MeasureScope], periods: Sequence[Period]) -> Mapping[BulkKey, Measure]:
    """Count the questions of many scopes and periods from two reads."""
    return _counted(scopes, periods, "asked_at")


questions.lacking(_nothing_asked)


@measure(code="commons.solved_share", title=_("解決した質問の割合"), unit=Unit.PERCENT)
def solved_share(scope: MeasureScope, period: Period) -> Measure | None:
    """Of the questions asked within the period, the share that is solved now."""
    return solved_share_bulk([scope], [period]).get((scope, period))


@solved_share.bulk
def solved_share_bulk(scopes: Sequence[MeasureScope], periods: Sequence[Period]) -> Mapping[BulkKey, Measure]:
    """Work the shares of many scopes and periods out from a few reads."""
    asked, solved = _days("asked_at"), _days("asked_at", _questions().filter(state=QuestionState.SOLVED))
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        for period in periods:
            whole, part = asked.count(scope, period), solved.count(scope, period)
            if whole:
                share = Decimal(part or 0) / Decimal(whole) * 100
                evidence = _evidence(_within(scope, period, "asked_at"))
                found[scope, period] = Measure(
                    share, Unit.PERCENT, Decimal(part or 0), Decimal(whole), evidence, records=whole
                )
    return found


solved_share.lacking(_nothing_asked)


@measure(
    code="commons.first_answer_hours", title=_("最初の回答までの時間(開庁時間、中央値)"), unit=Unit.HOURS
)
def first_answer_hours(scope: MeasureScope, period: Period) -> Measure | None:
    """Median opening hours from asking to the first answer of somebody else, of the period's questions.

    What waits still is no part of the median: the note says how many.
    """
    return first_answer_hours_bulk([scope], [period]).get((scope, period))


@first_answer_hours.bulk
def first_answer_hours_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Work the medians of many scopes and periods out from one read."""
    first, last = min(period.start for period in periods), max(period.end for period in periods)
    rows = _questions().filter(asked_at__gte=_moment(first), asked_at__lt=_moment(last)).order_by()
    by_body: dict[int, list[tuple[datetime, int | None]]] = defaultdict(list)
    for body, at, minutes in rows.values_list("organisation_id", "asked_at", "first_answer_minutes"):
        by_body[body].append((at, minutes))
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        bodies = [scope.organisation.pk] if scope.organisation else list(by_body)
        for period in periods:
            start, end = _moment(period.start), _moment(period.end)
            waits = [minutes for body in bodies for at, minutes in by_body.get(body, ()) if start <= at < end]
            answered = [minutes for minutes in waits if minutes is not None]
            if answered:
                asked = _within(scope, period, "asked_at").filter(first_answer_at__isnull=False)
                found[scope, period] = Measure(
                    Decimal(str(median(answered))) / MINUTES,
                    Unit.HOURS,
                    None,
                    None,
                    _evidence(asked),
                    note=_waiting_note(len(waits) - len(answered)),
                    records=len(answered),
                )
    return found


def _waiting_note(count: int) -> str:
    words = translated("まだ回答のない質問が%(count)s件あり、入っていません。")
    return words % {"count": count} if count else ""


@first_answer_hours.lacking
def first_answer_hours_lacking(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what is missing."""
    return [translated("この期間の質問に、ほかの人の回答がまだありません。")]


@measure(code="commons.solved_per_100_staff", title=_("職員100人あたりの解決した質問"), unit=Unit.COUNT)
def solved_per_100_staff(scope: MeasureScope, period: Period) -> Measure | None:
    """Solved questions per 100 staff of the fiscal year in which the period ends.

    Joint: over the wards whose number of staff is recorded; the note says how many are not.
    """
    year = FiscalYear.of(period.last_day).year
    counts = StaffCount.objects.unscoped(WHY).filter(fiscal_year=year)
    if scope.organisation:
        counts = counts.filter(organisation=scope.organisation)
    staff = dict(counts.values_list("organisation_id", "people"))
    days = _days("solved_at")
    bodies = [body for body in days.began if body in staff and days.began[body] < period.end]
    if not bodies:
        return None
    solved = _within(scope, period, "solved_at").filter(organisation_id__in=bodies)
    number, people = solved.count(), sum(staff[body] for body in bodies)
    missing = len(days.began) - len(bodies) if scope.is_joint else 0
    note = translated("職員数のない団体が%(count)s件あり、入っていません。") % {"count": missing}
    return Measure(
        Decimal(number) * 100 / Decimal(people),
        Unit.COUNT,
        Decimal(number),
        Decimal(people),
        _evidence(solved),
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
    spared = Deflection.objects.unscoped(WHY).filter(
        at__gte=_moment(period.start), at__lt=_moment(period.end)
    )
    if scope.organisation:
        spared = spared.filter(spared=scope.organisation)
    number = spared.count()
    if not number:
        return None
    asked = _questions().filter(pk__in=spared.values("question_id"))
    return Measure(Decimal(number), Unit.COUNT, Decimal(number), None, _evidence(asked))


@spared_questions.lacking
def spared_questions_lacking(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what is missing."""
    return [translated("「これで解決」が押されたことは、この期間にありません。")]
