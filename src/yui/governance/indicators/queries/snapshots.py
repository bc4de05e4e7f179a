"""Reads stored figures: what pages show without measuring anew."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from yui.governance.indicators.engine.judgement import Status
from yui.governance.indicators.models import IndicatorSnapshot
from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor


@dataclass(frozen=True)
class StoredFigure:
    """One stored value of an indicator."""

    indicator_code: str
    scope_code: str
    month: Month
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    records: int
    status: Status | None
    measured_at: datetime


_COLUMNS = (
    "indicator_code",
    "scope_code",
    "month",
    "value",
    "numerator",
    "denominator",
    "records",
    "status",
    "measured_at",
)


def latest_month(actor: Actor) -> Month | None:
    """Return the newest month for which figures are stored."""
    day = (
        IndicatorSnapshot.objects.visible_to(actor)
        .filter(is_current=True)
        .order_by("-month")
        .values_list("month", flat=True)
        .first()
    )
    return Month.of(day) if day else None


def stored_figures(
    actor: Actor,
    first: Month,
    last: Month,
    *,
    indicator_codes: Iterable[str] | None = None,
    scope_codes: Iterable[str] | None = None,
) -> dict[tuple[str, str], list[StoredFigure]]:
    """Return the current figures of the span by (indicator, scope), oldest month first, in one query."""
    rows = (
        IndicatorSnapshot.objects.visible_to(actor)
        .filter(is_current=True, month__gte=first.first_day, month__lte=last.first_day)
        .order_by("month")
    )
    if indicator_codes is not None:
        rows = rows.filter(indicator_code__in=list(indicator_codes))
    if scope_codes is not None:
        rows = rows.filter(scope_code__in=list(scope_codes))
    found: dict[tuple[str, str], list[StoredFigure]] = defaultdict(list)
    for row in rows.values_list(*_COLUMNS):
        status = Status(row[7]) if row[7] else None
        figure = StoredFigure(
            row[0], row[1], Month.of(row[2]), row[3], row[4], row[5], row[6], status, row[8]
        )
        found[figure.indicator_code, figure.scope_code].append(figure)
    return dict(found)


def versions_of(actor: Actor, indicator_code: str, scope_code: str, month: Month) -> list[IndicatorSnapshot]:
    """Return every measurement of one figure, newest first: how it was restated."""
    return list(
        IndicatorSnapshot.objects.visible_to(actor)
        .filter(indicator_code=indicator_code, scope_code=scope_code, month=month.first_day)
        .order_by("-measured_at", "-id")
    )
