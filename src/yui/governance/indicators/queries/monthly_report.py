"""Gathers the monthly report of the whole tree from stored figures."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yui.governance.indicators import words
from yui.governance.indicators.engine.judgement import Status
from yui.governance.indicators.formats.monthly_report import (
    MonthlyReport,
    ReportPillar,
    ReportRow,
    ReportWords,
    WardTable,
)
from yui.governance.indicators.models import JOINT
from yui.governance.indicators.queries.outlook import outlook
from yui.governance.indicators.queries.rows import history_of, row_of
from yui.governance.indicators.queries.snapshots import StoredFigure, stored_figures
from yui.governance.indicators.tree import Indicator, tree
from yui.kernel.calendar_jp import TOKYO, Month, format_date
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation

Stored = Mapping[tuple[str, str], list[StoredFigure]]


def monthly_report(actor: Actor, month: Month) -> MonthlyReport:
    """Return the report of a month in the reader's language, from two queries.

    It is dated by its newest measurement, so that a report of unchanged figures stays the same file.
    """
    months = history_of(month)
    stored = stored_figures(actor, months[0], month)
    pillars = tuple(
        ReportPillar(
            f"{pillar.mark} {pillar.title}",
            tuple(_row(indicator, month, stored) for indicator in tree().of_pillar(pillar.number)),
        )
        for pillar in tree().pillars
    )
    measured_at = _measured_at(stored, month)
    return MonthlyReport(
        language=(get_language() or settings.LANGUAGE_CODE)[:2],
        title=_("指標の月次報告 %(month)s") % {"month": month.label},
        month_label=f"{month.label} · {month.fiscal_year.label}",
        scope=_("23区全体"),
        measured_at=measured_at,
        measured_text=format_date(localtime(measured_at, TOKYO).date()),
        notice=_notice(),
        counts=_counts(pillars),
        pillars=pillars,
        months=tuple(str(each) for each in months),
        wards=_wards(month, stored),
        words=_words(),
    )


def _row(indicator: Indicator, month: Month, stored: Stored) -> ReportRow:
    row = row_of(indicator, JOINT, month, stored.get((indicator.code, JOINT), []))
    return ReportRow(
        code=row.code,
        level=row.level,
        title=row.title,
        statement=indicator.statement,
        value=row.value,
        value_text=row.value_text,
        unit=row.unit,
        target=row.target,
        target_text=row.target_text,
        status=row.status,
        status_text=row.status_text,
        change_text=row.change_text,
        outlook=outlook(indicator, month, row.points, joint=True).sentence,
        points=row.points,
    )


def _measured_at(stored: Stored, month: Month) -> datetime:
    """Return when the newest figure of the report was measured; the month's end where nothing is stored."""
    moments = [figure.measured_at for line in stored.values() for figure in line]
    return max(moments, default=datetime.combine(month.last_day, datetime.min.time(), TOKYO))


def _counts(pillars: tuple[ReportPillar, ...]) -> tuple[tuple[str, int], ...]:
    states = [row.status for pillar in pillars for row in pillar.rows]
    return tuple((words.status_text(status), states.count(status.value)) for status in Status)


def _wards(month: Month, stored: Stored) -> tuple[WardTable, ...]:
    """Return, by pillar, the indicators for which any ward has a value."""
    wards = list(Organisation.objects.wards())
    values = {key: line[-1].value for key, line in stored.items() if line[-1].month == month}
    return tuple(
        WardTable(
            f"{pillar.mark} {pillar.title}",
            tuple((each.code, each.title) for each in shown),
            tuple(
                (
                    ward.name,
                    tuple(words.value_text(values.get((each.code, ward.code)), each) for each in shown),
                )
                for ward in wards
            ),
        )
        for pillar in tree().pillars
        if (shown := _shown(tree().of_pillar(pillar.number), wards, values))
    )


def _shown(
    of: Sequence[Indicator],
    wards: Sequence[Organisation],
    values: Mapping[tuple[str, str], Decimal | None],
) -> list[Indicator]:
    """Return the indicators that have a value in some ward."""
    return [each for each in of if any(values.get((each.code, ward.code)) is not None for ward in wards)]


def _notice() -> str:
    if not settings.IS_DEMONSTRATION:
        return ""
    return _("架空データ:この報告の値は説明のためにつくったもので、実在の区の値ではありません。")


def _words() -> ReportWords:
    return ReportWords(
        summary=_("まとめ"),
        indicator=_("指標"),
        level=_("水準"),
        trend=_("36か月の推移"),
        value=_("値"),
        change=_("前月比"),
        target=_("目標"),
        status=_("状態"),
        by_ward=_("区ごとの値"),
        ward=_("区"),
        month=_("月"),
        outlook=_("指標の文と見通し"),
        measured=_("測定"),
        code=_("コード"),
        unit=_("単位"),
        no_ward_data=_("区ごとの値はまだありません。"),
        page=_("ページ"),
    )
