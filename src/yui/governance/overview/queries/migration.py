"""The migration to standard systems as of a day: 23 × 20 cells, what remains, and what needs more time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property

from yui.governance.overview.engine.burn_down import (
    Cell,
    End,
    Pace,
    end_of,
    pace_of,
    planned_on,
    remaining_on,
)
from yui.governance.overview.queries.beside import Beside, Line, beside
from yui.governance.overview.queries.question import Question
from yui.kernel.calendar_jp import Month
from yui.registry.public import BusinessArea, MigrationRoad, business_areas, migration_roads

DEADLINE = date(2026, 3, 31)
"""The end of fiscal year 2025 (令和7年度末), to which the law's basic policy asks for the migration."""
DONE, SPECIAL = "migrated", "special"
BEFORE, AFTER, FARTHEST = 12, 12, 36


class Reason(Enum):
    """Why a cell needs more time than the law gave."""

    SPECIAL = "special"
    """The registry calls it a system that needs support (特定移行支援システム)."""
    PLANNED_LATER = "planned_later"
    """Its end is planned for a day after the deadline."""
    OVERDUE = "overdue"
    """The deadline has passed, and no later day is planned."""


@dataclass(frozen=True)
class NeedsTime:
    """A cell that is not done and needs more time."""

    road: MigrationRoad
    reason: Reason


@dataclass(frozen=True)
class BurnDown:
    """What remains at the end of each month: really (None after the day asked for), and by plan.

    ``pace`` is that of the last twelve whole months, ``end`` what it comes to; None where too little is
    known. ``last_planned`` and ``without_plan`` tell of the cells that are not done.
    """

    months: tuple[Month, ...]
    really: tuple[int | None, ...]
    planned: tuple[int, ...]
    now: int
    total: int
    pace: Pace | None
    end: End | None
    last_planned: Month | None
    without_plan: int


@dataclass(frozen=True)
class Progress:
    """Every recorded migration that the reader may see, and the day as of which it is told."""

    question: Question
    areas: tuple[BusinessArea, ...]
    roads: tuple[MigrationRoad, ...]

    @property
    def day(self) -> date:
        """The day as of which the state is told."""
        return self.question.day

    @cached_property
    def by_cell(self) -> dict[tuple[str, str], MigrationRoad]:
        """The roads by ward and area."""
        return {(road.ward_code, road.area_code): road for road in self.roads}

    @cached_property
    def states(self) -> dict[tuple[str, str], str]:
        """The state of each recorded cell as of the day."""
        return {key: road.state_on(self.day) for key, road in self.by_cell.items()}

    @cached_property
    def by_ward(self) -> dict[str, list[Cell]]:
        """The cells of each ward that has recorded any."""
        found: dict[str, list[Cell]] = defaultdict(list)
        for road in self.roads:
            found[road.ward_code].append(Cell(road.planned_on, road.migrated_on, road.undone_on))
        return dict(found)

    def count(self, state: str) -> int:
        """Return how many cells are in a state."""
        return sum(each == state for each in self.states.values())

    @cached_property
    def late(self) -> int:
        """How many cells are behind their own plan."""
        return sum(road.is_late_on(self.day) for road in self.roads)

    @cached_property
    def needs_time(self) -> tuple[NeedsTime, ...]:
        """The cells that need more time than the law gave, each with the first reason that holds."""
        found = ((road, self._reason(road)) for road in self.roads)
        return tuple(NeedsTime(road, reason) for road, reason in found if reason is not None)

    def _reason(self, road: MigrationRoad) -> Reason | None:
        state = self.states[road.ward_code, road.area_code]
        if state == DONE:
            return None
        if state == SPECIAL:
            return Reason.SPECIAL
        if road.planned_on is not None and road.planned_on > DEADLINE:
            return Reason.PLANNED_LATER
        return Reason.OVERDUE if self.day > DEADLINE else None

    def shares(self, months: Sequence[Month]) -> dict[str, Line]:
        """Return the share of the twenty areas that each ward had migrated at the end of each month.

        An area without a record counts as not migrated; a ward without any record has no line.
        """
        days = self._days(months)
        whole = Decimal(len(self.areas))
        return {
            code: tuple((len(cells) - left) * 100 / whole for left in remaining_on(cells, days))
            for code, cells in self.by_ward.items()
        }

    def _days(self, months: Sequence[Month]) -> list[date]:
        return [min(month.last_day, self.day) for month in months]


def progress_of(question: Question) -> Progress:
    """Return the migration as far as the reader may see it; two queries."""
    return Progress(question, business_areas(), migration_roads(question.actor))


def share_beside(progress: Progress) -> Beside:
    """Set the share migrated of the ward beside those of all wards, over 36 months."""
    question = progress.question
    lines = progress.shares(question.months)
    whole: Line = ()
    if lines:
        wards = Decimal(len(question.wards))
        columns = zip(*lines.values(), strict=True)
        whole = tuple(sum((value or Decimal() for value in column), Decimal()) / wards for column in columns)
    return beside(question.months, lines, question.ward_code, whole)


def burn_down_of(progress: Progress) -> BurnDown:
    """Return what remains month by month of everything that was recorded."""
    cells = [cell for held in progress.by_ward.values() for cell in held]
    month, day = progress.question.month, progress.day
    months = _span(cells, month)
    really = remaining_on(cells, [min(each.last_day, day) for each in months])
    # A month that still runs would make the pace look slow.
    whole = month if month.last_day <= day else month.previous()
    past = Month.between(whole.shift(-BEFORE), whole)
    pace = pace_of(remaining_on(cells, [each.last_day for each in past])) if cells else None
    now = remaining_on(cells, [day])[0]
    open_ = [cell for cell in cells if not cell.is_done(day)]
    left = [cell.planned_on for cell in open_ if cell.planned_on is not None]
    return BurnDown(
        months,
        tuple(left if each <= month else None for each, left in zip(months, really, strict=True)),
        tuple(planned_on(cells, [each.last_day for each in months])),
        now,
        len(cells),
        pace,
        end_of(now, pace) if pace else None,
        Month.of(max(left)) if left else None,
        sum(cell.planned_on is None for cell in open_),
    )


def _span(cells: Sequence[Cell], month: Month) -> tuple[Month, ...]:
    """Return the months to draw: a year back or from before the first step, to the last planned one."""
    known = [day for cell in cells for day in (cell.planned_on, cell.done_on) if day is not None]
    first, last = (min(known), max(known)) if known else (month.first_day, month.first_day)
    begin = max(min(Month.of(first).previous(), month.shift(-BEFORE)), month.shift(-FARTHEST))
    end = min(max(Month.of(last), month.shift(AFTER)), month.shift(FARTHEST))
    return tuple(Month.between(begin, end))
