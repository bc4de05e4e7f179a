"""Counting questions by body and day: what the room's figures share."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Min
from django.db.models.functions import TruncDate
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import TOKYO, Period
from yui.kernel.measures.values import (
    DeferredEvidence,
    EvidenceColumn,
    MeasureScope,
    QuerySetEvidence,
)
from yui.kernel.scope.models import ScopedQuerySet
from yui.people.commons.models import Question

WHY = "joint figures count the questions of all wards"
COLUMNS = (
    EvidenceColumn("title", _("質問")),
    EvidenceColumn("ward", _("区")),
    EvidenceColumn("asked", _("質問した日時")),
    EvidenceColumn("solved", _("解決した日時")),
)


def shown_questions() -> ScopedQuerySet:
    """Return the questions of all wards that are on the pages."""
    found: ScopedQuerySet = Question.objects.unscoped(WHY).filter(hidden_at__isnull=True)
    return found


def moment(day: date) -> datetime:
    """Return the beginning of a day."""
    return datetime.combine(day, time(0), TOKYO)


def time_text(at: datetime | None) -> str:
    """Return a moment as evidence shows it; empty where there is none."""
    return f"{localtime(at, TOKYO):%Y-%m-%d %H:%M}" if at else ""


def evidence_of(questions: Callable[[], ScopedQuerySet]) -> DeferredEvidence:
    """Return the questions counted, asked for and narrowed to the reader only when they are listed."""
    return DeferredEvidence(
        lambda: QuerySetEvidence(
            questions().select_related("organisation").order_by("-asked_at", "-pk"),
            COLUMNS,
            lambda question: (
                question.title,
                question.organisation.name,
                time_text(question.asked_at),
                time_text(question.solved_at),
            ),
            lambda question: question.get_absolute_url(),
        )
    )


def within(scope: MeasureScope, period: Period, field: str) -> ScopedQuerySet:
    """Return the questions of a scope whose moment ``field`` lies within a period."""
    questions = shown_questions().filter(
        **{f"{field}__gte": moment(period.start), f"{field}__lt": moment(period.end)}
    )
    return questions.filter(organisation=scope.organisation) if scope.organisation else questions


@dataclass(frozen=True)
class Days:
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


def days_of(field: str, questions: ScopedQuerySet | None = None) -> Days:
    """Count questions (by default all shown ones) by body and day of their moment ``field``; two reads."""
    rows = (
        (questions if questions is not None else shown_questions())
        .filter(**{f"{field}__isnull": False})
        .order_by()
        .annotate(day=TruncDate(field, tzinfo=TOKYO))
        .values_list("organisation_id", "day")
        .annotate(number=Count("pk"))
    )
    counts: dict[int, dict[date, int]] = defaultdict(dict)
    for body, day, number in rows:
        counts[body][day] = number
    first = shown_questions().order_by().values_list("organisation_id").annotate(first=Min("asked_at"))
    return Days(counts, {body: localtime(at, TOKYO).date() for body, at in first})
