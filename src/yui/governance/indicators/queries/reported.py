"""Chosen indicators as a report tells them: with the year before, the outlook, and the wards beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median

from yui.governance.indicators import words
from yui.governance.indicators.models import JOINT
from yui.governance.indicators.queries.outlook import outlook
from yui.governance.indicators.queries.rows import IndicatorRow, history_of, row_of
from yui.governance.indicators.queries.snapshots import StoredFigure, stored_figures
from yui.governance.indicators.tree import Indicator, tree
from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation

YEAR = 12


@dataclass(frozen=True)
class WardFigure:
    """An indicator's value in one ward."""

    code: str
    name: str
    value: Decimal | None
    text: str


@dataclass(frozen=True)
class ReportedIndicator:
    """One indicator of a report.

    ``year_text`` is the change against the same month a year before, ``median_text`` the middle of the wards
    that have a value; both are empty where they are not known.
    """

    row: IndicatorRow
    pillar: str
    outlook: str
    year_text: str
    median: Decimal | None
    median_text: str
    wards: tuple[WardFigure, ...]


@dataclass(frozen=True)
class Reported:
    """Chosen indicators; ``measured_at`` is their newest measurement, ``None`` where nothing is stored."""

    indicators: tuple[ReportedIndicator, ...]
    measured_at: datetime | None


def reported(actor: Actor, month: Month, scope_code: str, codes: Sequence[str]) -> Reported:
    """Return the indicators named, in that order, as stored and as far as ``actor`` may see: three queries.

    Codes that the tree does not know are left out: a plan may be older than the tree.
    """
    chosen = [found for code in codes if (found := tree().find(code)) is not None]
    names = [indicator.code for indicator in chosen]
    own = stored_figures(actor, history_of(month)[0], month, indicator_codes=names, scope_codes=[scope_code])
    everywhere = stored_figures(actor, month, month, indicator_codes=names)
    wards = list(Organisation.objects.wards())
    moments = [figure.measured_at for line in own.values() for figure in line]
    return Reported(
        tuple(_reported(each, month, scope_code, own, everywhere, wards) for each in chosen),
        max(moments, default=None),
    )


def _reported(
    indicator: Indicator,
    month: Month,
    scope_code: str,
    own: Mapping[tuple[str, str], list[StoredFigure]],
    everywhere: Mapping[tuple[str, str], list[StoredFigure]],
    wards: Sequence[Organisation],
) -> ReportedIndicator:
    row = row_of(indicator, scope_code, month, own.get((indicator.code, scope_code), []))
    figures = tuple(_ward(indicator, ward, everywhere) for ward in wards)
    known = [figure.value for figure in figures if figure.value is not None]
    middle = median(known) if known else None
    pillar = next(each for each in tree().pillars if each.number == indicator.pillar)
    joint = scope_code == JOINT
    return ReportedIndicator(
        row=row,
        pillar=f"{pillar.mark} {pillar.title}",
        outlook=outlook(indicator, month, row.points, joint=joint).sentence,
        year_text=words.change_text(_year_change(row.points), indicator),
        median=middle,
        median_text="" if middle is None else words.value_text(middle, indicator),
        wards=figures,
    )


def _ward(
    indicator: Indicator, ward: Organisation, everywhere: Mapping[tuple[str, str], list[StoredFigure]]
) -> WardFigure:
    line = everywhere.get((indicator.code, ward.code), [])
    value = line[-1].value if line else None
    return WardFigure(ward.code, ward.name, value, words.value_text(value, indicator))


def _year_change(points: Sequence[Decimal | None]) -> Decimal | None:
    """Return the difference from the same month of the year before, where both are known."""
    if len(points) <= YEAR or points[-1] is None:
        return None
    before = points[-1 - YEAR]
    return None if before is None else points[-1] - before
