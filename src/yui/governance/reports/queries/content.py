"""Puts together what a report says: figures, what the rooms say, in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from yui.governance.indicators.public import Reported, ReportedIndicator, reported
from yui.governance.reports.engine.content import FORMAT, LANGUAGES, Content, printable
from yui.governance.reports.models import PlanItem, ReportKind, ReportPlan
from yui.governance.reports.queries.readers import reader_of, scope_code_of
from yui.governance.reports.queries.statements import Told, changes_of_year, told_in_months, told_now
from yui.governance.reports.queries.words import paper_words
from yui.kernel.calendar_jp import TOKYO, Month, Period, format_date
from yui.kernel.explanations.registry import one_moment
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation

YEAR = 12
MONTHS_SHOWN = {ReportKind.MONTHLY: 36, ReportKind.ANNUAL: YEAR}
STATES = ("achieved", "on_track", "late", "undecided", "no_data")


@dataclass(frozen=True)
class _Question:
    """One language's part of the content: what is asked, of whom, with whose eyes."""

    plan: ReportPlan
    items: Sequence[PlanItem]
    period: Period
    actor: Actor
    of_months: dict[Month, dict[str, Any]]

    @property
    def organisation(self) -> Organisation:
        return self.plan.organisation

    @property
    def is_annual(self) -> bool:
        return self.plan.kind == ReportKind.ANNUAL

    @property
    def month(self) -> Month:
        """The last month of the period, whose figures are shown."""
        return self.period.months[-1]


def compose(plan: ReportPlan, period: Period, *, is_demonstration: bool | None = None) -> Content:
    """Return the content of the council's edition, without notes.

    The same records give the same content. It holds only what all readers of the report may see
    (``reader_of``).

    Args:
        period: the month, or the fiscal year.
        is_demonstration: whether the figures are made up; by default what the installation says of itself.
    """
    made_up = settings.IS_DEMONSTRATION if is_demonstration is None else is_demonstration
    reader = reader_of(plan.organisation)
    items = list(PlanItem.objects.unscoped("the plan that is carried out").filter(plan=plan))
    is_annual = plan.kind == ReportKind.ANNUAL
    of_months = told_in_months(reader, plan.organisation, period.months) if is_annual else {}
    question = _Question(plan, items, period, reader, of_months)
    told, measured_at = {}, ""
    with one_moment():
        for language in LANGUAGES:
            with override(language):
                found = reported(
                    reader,
                    question.month,
                    scope_code_of(plan.organisation),
                    [item.indicator_code for item in items],
                )
                told[language] = _told(question, found, language, made_up=made_up)
        measured_at = found.measured_at.isoformat() if found.measured_at else ""
    return {
        "audience": "council",
        "format": FORMAT,
        "is_demonstration": made_up,
        "kind": plan.kind,
        "languages": told,
        "measured_at": measured_at,
        "notes": [],
        "organisation": plan.organisation.code,
        "period": [period.start.isoformat(), period.last_day.isoformat()],
    }


def _told(question: _Question, found: Reported, language: str, *, made_up: bool) -> dict[str, Any]:
    """Return what a reader of the language sees."""
    public = {item.indicator_code: item.is_public for item in question.items}
    indicators = [_indicator(each, question, is_public=public[each.row.code]) for each in found.indicators]
    said = _told_by_rooms(question, language)
    first = question.month.shift(1 - MONTHS_SHOWN[ReportKind(question.plan.kind)])
    return {
        "counts": _counts(indicators),
        "indicators": indicators,
        "language": language,
        "measured_text": _measured(found),
        "months": [each.label for each in Month.between(first, question.month)],
        "notice": _notice() if made_up else "",
        "period_text": _period_text(question),
        "plan": printable(question.plan.title),
        "silent": said.silent,
        "statements": said.statements,
        "title": _title(question),
        "wards": None if question.organisation.is_ward else _wards(found),
        "whose": _whose(question.organisation),
        "words": paper_words(is_annual=question.is_annual),
    }


def _indicator(each: ReportedIndicator, question: _Question, *, is_public: bool) -> dict[str, Any]:
    row = each.row
    shown = row.points[-MONTHS_SHOWN[ReportKind(question.plan.kind)] :]
    return {
        "change_text": row.change_text,
        "code": row.code,
        "is_public": is_public,
        "median_text": each.median_text if question.organisation.is_ward else "",
        "outlook": each.outlook,
        "pillar": each.pillar,
        "points": [_number(point) for point in shown],
        "status": row.status,
        "status_text": row.status_text,
        "target": _number(row.target),
        "target_text": row.target_text,
        "title": row.title,
        "unit": row.unit,
        "value": _number(row.value),
        "value_text": row.value_text,
        "year_text": each.year_text,
    }


def _number(value: Decimal | None) -> str | None:
    """Return a decimal as text: plain digits, no needless zeros."""
    if value is None:
        return None
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _counts(indicators: Sequence[dict[str, Any]]) -> list[list[Any]]:
    """Return how many indicators stand how, in the order of the judgement; only what occurs."""
    words = {each["status"]: each["status_text"] for each in indicators}
    known = [state for state in (*STATES, "") if state in words]
    return [[words[state], sum(each["status"] == state for each in indicators)] for state in known]


def _told_by_rooms(question: _Question, language: str) -> Told:
    """Return what rooms say of the last month, for a year with the changes that the months' reports told."""
    now = told_now(question.actor, question.organisation, question.month)
    if not question.is_annual:
        return now
    return Told(changes_of_year(question.of_months, language) + now.statements, now.silent)


def _wards(found: Reported) -> dict[str, Any] | None:
    """Return the wards' values of those indicators for which any ward has one."""
    shown = [each for each in found.indicators if any(ward.value is not None for ward in each.wards)]
    if not shown:
        return None
    return {
        "titles": [[each.row.code, each.row.title] for each in shown],
        "rows": [
            [ward.name, [each.wards[place].text for each in shown]]
            for place, ward in enumerate(shown[0].wards)
        ],
    }


def _title(question: _Question) -> str:
    words = {"whose": _whose(question.organisation), "period": question.period.label}
    if question.is_annual:
        return _("年次報告 %(period)s %(whose)s") % words
    return _("月次報告 %(period)s %(whose)s") % words


def _whose(organisation: Organisation) -> str:
    return organisation.name if organisation.is_ward else _("23区全体")


def _period_text(question: _Question) -> str:
    if question.is_annual:
        return question.period.label
    return f"{question.month.label} · {question.month.fiscal_year.label}"


def _measured(found: Reported) -> str:
    """Return when the figures were measured, in words."""
    if found.measured_at is None:
        return pgettext("report", "測った値はまだありません")
    day = format_date(localtime(found.measured_at, TOKYO).date())
    return _("%(day)sまでに測った値") % {"day": day}


def _notice() -> str:
    return _("架空データ:この報告の値は説明のためにつくったもので、実在の区の値ではありません。")
