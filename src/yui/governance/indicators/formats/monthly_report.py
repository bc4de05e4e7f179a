"""The monthly report as plain values: what paper and workbook are made from."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class ReportRow:
    """One indicator; ``points`` are its last months, oldest first, beside ``MonthlyReport.months``."""

    code: str
    level: str
    title: str
    statement: str
    value: Decimal | None
    value_text: str
    unit: str
    target: Decimal | None
    target_text: str
    status: str
    status_text: str
    change_text: str
    outlook: str
    points: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class ReportPillar:
    """One pillar with its indicators."""

    heading: str
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True)
class WardTable:
    """One pillar's indicators by ward: code and title of each, and per ward its name and a value for each."""

    heading: str
    titles: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class MonthlyReport:
    """Everything that the report of one month says, in one language.

    ``measured_at`` (aware) dates the figures, and the files: the same report gives the same bytes.
    ``notice`` marks made-up data and is empty otherwise.
    """

    language: str
    title: str
    month_label: str
    scope: str
    measured_at: datetime
    measured_text: str
    notice: str
    counts: tuple[tuple[str, int], ...]
    pillars: tuple[ReportPillar, ...]
    months: tuple[str, ...]
    wards: tuple[WardTable, ...]
    words: "ReportWords"

    @property
    def rows(self) -> tuple[ReportRow, ...]:
        """Every indicator in order."""
        return tuple(row for pillar in self.pillars for row in pillar.rows)


@dataclass(frozen=True)
class ReportWords:
    """The headings, in the report's language."""

    summary: str
    indicator: str
    level: str
    trend: str
    value: str
    change: str
    target: str
    status: str
    by_ward: str
    ward: str
    month: str
    outlook: str
    measured: str
    code: str
    unit: str
    no_ward_data: str
    page: str
