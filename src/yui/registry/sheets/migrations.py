"""標準化移行 as a table: one row per business area and state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yui.kernel.exchange.importers import (
    ApplyResult,
    ColumnKind,
    ImportColumn,
    ImportContext,
    Importer,
    ImportRow,
    RowError,
)
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.registry.engine.names import name_key
from yui.registry.models import MigrationState, MigrationStep, StandardBusinessArea
from yui.registry.operations import record_migration_step
from yui.registry.sheets.lookups import areas_by_word
from yui.registry.sheets.sheet import ORGANISATION_COLUMN, Sheet, apply_each, other_organisation, unknown

AREA = ImportColumn(
    "area",
    "標準化対象業務",
    aliases=("業務", "業務名", "業務コード"),
    required=True,
    help=_("業務名か2桁の業務コード。"),
    example="住民基本台帳",
)
PLANNED = ImportColumn("planned_on", "予定日", aliases=("予定年月日",), kind=ColumnKind.DATE)
COLUMNS = (
    ORGANISATION_COLUMN,
    AREA,
    ImportColumn(
        "state",
        "状態",
        aliases=("移行状況", "段階"),
        kind=ColumnKind.CHOICE,
        required=True,
        choices=tuple(MigrationState.choices),
        choice_aliases={"移行完了": "migrated", "移行済み": "migrated", "特定移行支援": "special"},
    ),
    PLANNED,
    ImportColumn("actual_on", "実施日", aliases=("実績日", "実施年月日"), kind=ColumnKind.DATE),
)


@dataclass(frozen=True)
class Lookups:
    """What the words of the sheet may name, and the days recorded so far by area and state."""

    areas: dict[str, StandardBusinessArea]
    steps: dict[tuple[int, str], tuple[date | None, date | None]]


def prepare(actor: Actor, organisation: Organisation) -> Lookups:
    """Read the records that rows may name."""
    steps = steps_for(actor, organisation)
    return Lookups(
        areas_by_word(),
        {(step.migration.area_id, step.state): (step.planned_on, step.actual_on) for step in steps},
    )


def steps_for(actor: Actor, organisation: Organisation) -> list[MigrationStep]:
    """Return the ward's steps, by area and day."""
    steps = MigrationStep.objects.visible_to(actor).filter(migration__organisation=organisation)
    related = steps.select_related("migration__organisation", "migration__area")
    return list(related.order_by("migration__area__order", "actual_on", "planned_on", "state"))


def check_row(row: ImportRow, context: ImportContext) -> list[RowError]:
    """Return what is wrong with a row beyond its single cells."""
    found = other_organisation(row, context)
    if name_key(row["area"]) not in context.data.areas:
        found.append(
            unknown(
                row,
                AREA,
                _("標準化対象20業務にありません。"),
                _("業務名か01~20の業務コードを書いてください。"),
            )
        )
    if row["planned_on"] is None and row["actual_on"] is None:
        found.append(
            RowError(
                row.number,
                PLANNED.title_ja,
                "",
                _("予定日も実施日もありません。"),
                _("予定日か実施日のどちらかを書いてください。"),
            )
        )
    return found


def apply(actor: Actor, rows: Iterable[ImportRow], context: ImportContext) -> ApplyResult:
    """Record the days of each row; a column that the sheet does not have leaves its days alone."""

    def write(row: ImportRow) -> str:
        area = context.data.areas[name_key(row["area"])]
        before = context.data.steps.get((area.pk, row["state"]))
        planned_on, actual_on = before or (None, None)
        changed = record_migration_step(
            actor,
            organisation=context.organisation,
            area=area,
            state=row["state"],
            planned_on=row["planned_on"] if "planned_on" in context.columns else planned_on,
            actual_on=row["actual_on"] if "actual_on" in context.columns else actual_on,
        )
        if not changed:
            return "unchanged"
        return "updated" if before else "created"

    return apply_each(rows, write)


def cells(step: MigrationStep) -> Mapping[str, Any]:
    """Return a step as a row."""
    return {
        "organisation_code": step.migration.organisation.code,
        "area": step.migration.area.name_ja,
        "state": step.get_state_display(),
        "planned_on": step.planned_on,
        "actual_on": step.actual_on,
    }


MIGRATIONS = Sheet(
    "migrations",
    Importer(
        code="registry.migrations",
        title=_("標準化移行の状態"),
        columns=COLUMNS,
        key_columns=("area", "state"),
        prepare=prepare,
        check_row=check_row,
        apply=apply,
        lead=_("業務と状態ごとに予定日と実施日を書いた表を取り込みます。"),
        done_url=lambda code: reverse("registry:migration"),
    ),
    steps_for,
    cells,
)
