"""Figures of the commons that indicators may show: asked, solved, time to the first answer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from statistics import median

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import Period
from yui.kernel.measures.registry import BulkKey, measure
from yui.kernel.measures.values import Measure, MeasureScope, Unit
from yui.kernel.scope.models import ScopedQuerySet
from yui.people.commons.measures_beside import solved_per_100_staff, spared_questions
from yui.people.commons.measures_counting import days_of, evidence_of, moment, shown_questions, within
from yui.people.commons.models import QuestionState

__all__ = [
    "first_answer_hours",
    "questions",
    "solved_per_100_staff",
    "solved_questions",
    "solved_share",
    "spared_questions",
]

MINUTES = 60


def _counted(
    scopes: Sequence[MeasureScope], periods: Sequence[Period], field: str, note: str = ""
) -> Mapping[BulkKey, Measure]:
    days = days_of(field)
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        for period in periods:
            number = days.count(scope, period)
            if number is not None:
                value = Decimal(number)
                evidence = evidence_of(partial(within, scope, period, field))
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
    asked, solved = (
        days_of("asked_at"),
        days_of("asked_at", shown_questions().filter(state=QuestionState.SOLVED)),
    )
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        for period in periods:
            whole, part = asked.count(scope, period), solved.count(scope, period)
            if whole:
                share = Decimal(part or 0) / Decimal(whole) * 100
                evidence = evidence_of(partial(within, scope, period, "asked_at"))
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
    rows = shown_questions().filter(asked_at__gte=moment(first), asked_at__lt=moment(last)).order_by()
    by_body: dict[int, list[tuple[datetime, int | None]]] = defaultdict(list)
    for body, at, minutes in rows.values_list("organisation_id", "asked_at", "first_answer_minutes"):
        by_body[body].append((at, minutes))
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        bodies = [scope.organisation.pk] if scope.organisation else list(by_body)
        for period in periods:
            start, end = moment(period.start), moment(period.end)
            waits = [minutes for body in bodies for at, minutes in by_body.get(body, ()) if start <= at < end]
            answered = [minutes for minutes in waits if minutes is not None]
            if answered:
                found[scope, period] = Measure(
                    Decimal(str(median(answered))) / MINUTES,
                    Unit.HOURS,
                    None,
                    None,
                    evidence_of(partial(_answered_within, scope, period)),
                    note=_waiting_note(len(waits) - len(answered)),
                    records=len(answered),
                )
    return found


def _answered_within(scope: MeasureScope, period: Period) -> ScopedQuerySet:
    return within(scope, period, "asked_at").filter(first_answer_at__isnull=False)


def _waiting_note(count: int) -> str:
    words = translated("まだ回答のない質問が%(count)s件あり、入っていません。")
    return words % {"count": count} if count else ""


@first_answer_hours.lacking
def first_answer_hours_lacking(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what is missing."""
    return [translated("この期間の質問に、ほかの人の回答がまだありません。")]
