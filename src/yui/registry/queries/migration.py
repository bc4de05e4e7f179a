"""The 23 × 20 matrix of standard migrations, and what remains of it month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, ScopedQuerySet
from yui.registry.engine.migration import Step, is_late, remaining_by_day, state_as_of
from yui.registry.models import MigrationState, MigrationStep, StandardBusinessArea, StandardMigration

NOT_RECORDED = ""


@dataclass(frozen=True)
class MigrationCell:
    """One ward's migration in one area as of a day; without any record the state is empty."""

    ward: Organisation
    area: StandardBusinessArea
    state: str
    is_late: bool
    planned_on: date | None
    since: date | None

    @property
    def label(self) -> str:
        """The state for readers; ``-`` where the ward has recorded nothing."""
        return str(MigrationState(self.state).label) if self.state else "-"


@dataclass(frozen=True)
class MigrationMatrix:
    """All cells as of a day; ``rows`` run over the wards and within a ward over the areas."""

    as_of: date
    areas: tuple[StandardBusinessArea, ...]
    rows: tuple[tuple[Organisation, tuple[MigrationCell, ...]], ...]

    @property
    def cells(self) -> list[MigrationCell]:
        """Every cell, ward by ward."""
        return [cell for _ward, cells in self.rows for cell in cells]

    def count(self, state: str) -> int:
        """Return how many cells are in ``state``."""
        return sum(cell.state == state for cell in self.cells)

    @property
    def late(self) -> int:
        """How many cells are behind their plan."""
        return sum(cell.is_late for cell in self.cells)


def migrations_with_steps(migrations: ScopedQuerySet) -> ScopedQuerySet:
    """Return the migrations with ward, area and steps; who sees a migration sees its steps."""
    steps = MigrationStep.objects.unscoped("steps of migrations that were scoped themselves")
    return migrations.select_related("organisation", "area").prefetch_related(Prefetch("steps", steps))


def steps_of(migration: StandardMigration) -> list[Step]:
    """Return the steps of a migration read by ``migrations_with_steps``, as the engine reads them."""
    return [step.as_step for step in migration.steps.all()]


def migration_matrix(actor: Actor, as_of: date) -> MigrationMatrix:
    """Return the state of every area in every ward as of a day, as far as ``actor`` may see it."""
    areas = tuple(StandardBusinessArea.objects.all())
    found = {
        (migration.organisation_id, migration.area_id): steps_of(migration)
        for migration in migrations_with_steps(StandardMigration.objects.visible_to(actor))
    }
    return MigrationMatrix(
        as_of,
        areas,
        tuple(
            (ward, tuple(_cell(ward, area, found.get((ward.pk, area.pk)), as_of) for area in areas))
            for ward in Organisation.objects.wards()
        ),
    )


def _cell(
    ward: Organisation, area: StandardBusinessArea, steps: Sequence[Step] | None, as_of: date
) -> MigrationCell:
    if not steps:
        return MigrationCell(ward, area, NOT_RECORDED, False, None, None)
    state = state_as_of(steps, as_of)
    goal = next((step.planned_on for step in steps if step.state == MigrationState.MIGRATED), None)
    since = next((step.actual_on for step in steps if step.state == state), None)
    return MigrationCell(ward, area, state, is_late(steps, as_of), goal, since)


def steps_by_cell(actor: Actor) -> dict[tuple[str, str], tuple[Step, ...]]:
    """Return the steps of every migration that ``actor`` may see, by ward and area (codes), from one query.

    A migration without any step is none: its ward has not said anything about it yet.
    """
    seen = StandardMigration.objects.visible_to(actor).order_by().values("pk")
    steps = MigrationStep.objects.unscoped("steps of migrations that were scoped themselves")
    rows = (
        steps.filter(migration__in=seen)
        .order_by("migration__organisation__sort_order", "migration__area__order", "pk")
        .values_list(
            "migration__organisation__code", "migration__area__code", "state", "planned_on", "actual_on"
        )
    )
    found: dict[tuple[str, str], list[Step]] = {}
    for ward, area, *step in rows:
        found.setdefault((ward, area), []).append(Step(*step))
    return {cell: tuple(way) for cell, way in found.items()}


@dataclass(frozen=True)
class Remaining:
    """How many migrations were not done at the end of a month: really (``None`` in the future), by plan."""

    month: Month
    really: int | None
    planned: int


def burn_down(
    actor: Actor, ward: Organisation | None, months: Sequence[Month], today: date
) -> list[Remaining]:
    """Return what remains at the end of each month, of one ward's migrations or of all that were recorded."""
    migrations = StandardMigration.objects.visible_to(actor)
    if ward is not None:
        migrations = migrations.filter(organisation=ward)
    roads = [steps_of(migration) for migration in migrations_with_steps(migrations)]
    ends = [min(month.last_day, today) if Month.of(today) == month else month.last_day for month in months]
    counts = remaining_by_day(roads, ends)
    return [
        Remaining(month, really if month <= Month.of(today) else None, planned)
        for month, (really, planned) in zip(months, counts, strict=True)
    ]
