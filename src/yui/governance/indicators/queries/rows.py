"""The stored tree as a reader sees it: pillars with one row per indicator, in one query."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from yui.governance.indicators import words
from yui.governance.indicators.engine.judgement import Status
from yui.governance.indicators.models import JOINT
from yui.governance.indicators.queries.figures import HISTORY_MONTHS
from yui.governance.indicators.queries.snapshots import StoredFigure, stored_figures
from yui.governance.indicators.tree import Indicator, Pillar, tree
from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator of one scope in one month, with its last 36 months.

    ``status`` is a code of the component kit, empty where the scope has no target of its own. ``value`` is
    ``None`` and ``value_text`` says データなし where there is no data.
    """

    code: str
    slug: str
    level: str
    title: str
    value: Decimal | None
    value_text: str
    unit: str
    target: Decimal | None
    target_text: str
    status: str
    status_text: str
    change: Decimal | None
    change_text: str
    points: tuple[Decimal | None, ...]
    month: Month
    url: str

    @property
    def has_points(self) -> bool:
        """Whether any of the last 36 months has a value."""
        return any(point is not None for point in self.points)


@dataclass(frozen=True)
class PillarRows:
    """One of the three pillars with its indicators."""

    number: int
    mark: str
    title: str
    rows: tuple[IndicatorRow, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many indicators stand how, by status code, in the order of the judgement."""
        return status_counts([self])


def status_counts(pillars: Iterable[PillarRows]) -> Mapping[str, int]:
    """Return how many indicators of ``pillars`` stand how: status code to number, none left out at zero."""
    found = Counter(row.status for pillar in pillars for row in pillar.rows)
    return {status.value: found[status.value] for status in Status}


def points_of(line: Sequence[StoredFigure], months: Sequence[Month]) -> tuple[Decimal | None, ...]:
    """Return the value of each month; ``None`` where nothing was stored or there was no data."""
    by_month = {figure.month: figure.value for figure in line}
    return tuple(by_month.get(month) for month in months)


def change_of(points: Sequence[Decimal | None]) -> Decimal | None:
    """Return the difference of the last point from the one before, where both are known."""
    if len(points) < 2 or points[-1] is None or points[-2] is None:
        return None
    return points[-1] - points[-2]


def address_of(indicator: Indicator, month: Month, scope_code: str) -> str:
    """Return the address of an indicator's page for a month and a scope."""
    ward = "" if scope_code == JOINT else f"&ward={scope_code}"
    return f"{reverse('indicators:indicator', args=[indicator.slug])}?month={month}{ward}"


def row_of(indicator: Indicator, scope_code: str, month: Month, line: Sequence[StoredFigure]) -> IndicatorRow:
    """Return one row from the stored figures of one indicator and scope."""
    points = points_of(line, history_of(month))
    stored = next((figure for figure in reversed(line) if figure.month == month), None)
    status = stored.status if stored else Status.NO_DATA
    change = change_of(points)
    joint = scope_code == JOINT
    return IndicatorRow(
        code=indicator.code,
        slug=indicator.slug,
        level=indicator.level.value,
        title=indicator.title,
        value=points[-1],
        value_text=words.value_text(points[-1], indicator),
        unit=words.unit_text(indicator.unit),
        target=indicator.target_for(joint=joint),
        target_text=words.target_text(indicator, joint=joint),
        status=status.value if status else "",
        status_text=words.status_text(status),
        change=change,
        change_text=words.change_text(change, indicator),
        points=points,
        month=month,
        url=address_of(indicator, month, scope_code),
    )


def history_of(month: Month) -> list[Month]:
    """Return the 36 months that end with ``month``."""
    return Month.between(month.shift(1 - HISTORY_MONTHS), month)


def pillar_rows_of(actor: Actor, month: Month, scope_code: str = JOINT) -> tuple[PillarRows, ...]:
    """Return the whole tree of a month and a scope as stored, as far as ``actor`` may see it; one query."""
    stored = stored_figures(actor, history_of(month)[0], month, scope_codes=[scope_code])
    return tuple(_pillar(pillar, month, scope_code, stored) for pillar in tree().pillars)


def _pillar(
    pillar: Pillar, month: Month, scope_code: str, stored: Mapping[tuple[str, str], list[StoredFigure]]
) -> PillarRows:
    rows = (
        row_of(indicator, scope_code, month, stored.get((indicator.code, scope_code), []))
        for indicator in tree().of_pillar(pillar.number)
    )
    return PillarRows(pillar.number, pillar.mark, pillar.title, tuple(rows))
