"""障害 as a table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yui.kernel.exchange.formats.cells import CellRejected
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
from yui.registry.facts import OutageFacts
from yui.registry.models import InformationSystem, Outage, OutageSeverity
from yui.registry.moments import MomentNotUnderstood, parse_moment
from yui.registry.operations import open_outage, update_outage
from yui.registry.sheets.lookups import systems_by_code, unregistered_systems
from yui.registry.sheets.sheet import (
    ORGANISATION_COLUMN,
    Sheet,
    check_record,
    list_of,
    moment_cell,
    other_organisation,
    plain,
    save_each,
)


def read_moment(text: str) -> datetime:
    """Read a day with its time.

    Raises:
        CellRejected: with the sentence for the reader.
    """
    try:
        return parse_moment(text)
    except MomentNotUnderstood as error:
        raise CellRejected(
            format_lazy(_("「{text}」は日時として読めません。"), text=text),
            _("2026-11-23 09:30、令和8年11月23日 9時30分 のように、日付と時刻を書いてください。"),
        ) from error


SYSTEM = ImportColumn(
    "system", "システムコード", aliases=("管理番号",), kind=ColumnKind.CODE, required=True, example="MN-001"
)
COLUMNS = (
    ORGANISATION_COLUMN,
    SYSTEM,
    ImportColumn("title", "件名", aliases=("障害名", "障害件名"), required=True, max_length=160),
    ImportColumn(
        "started_at",
        "発生日時",
        aliases=("発生", "開始日時"),
        required=True,
        verify=read_moment,
        example="2026-05-01 09:00",
    ),
    ImportColumn(
        "ended_at",
        "復旧日時",
        aliases=("復旧", "終了日時"),
        verify=read_moment,
        help=_("まだ復旧していないときは空にしてください。"),
        example="2026-05-01 10:30",
    ),
    ImportColumn(
        "severity",
        "程度",
        aliases=("影響度",),
        kind=ColumnKind.CHOICE,
        required=True,
        choices=tuple(OutageSeverity.choices),
        choice_aliases={"全停止": "full", "停止": "full", "遅延": "degraded"},
    ),
    ImportColumn("is_planned", "計画した停止", aliases=("計画停止",), kind=ColumnKind.BOOL),
    ImportColumn("cause", "原因", max_length=2000),
)
Key = tuple[int, datetime, str]


@dataclass(frozen=True)
class Lookups:
    """What the words of the sheet may name."""

    systems: dict[str, InformationSystem]
    outages: dict[Key, Outage]


def outages_for(actor: Actor, organisation: Organisation) -> list[Outage]:
    """Return the organisation's outages that ``actor`` may see, oldest first."""
    outages = Outage.objects.visible_to(actor).filter(system__organisation=organisation)
    return list(outages.select_related("system__organisation").order_by("started_at", "pk"))


def prepare(actor: Actor, organisation: Organisation) -> Lookups:
    """Read the records that rows may name."""
    outages = outages_for(actor, organisation)
    return Lookups(
        systems_by_code(actor, organisation),
        {(outage.system_id, outage.started_at, outage.title): outage for outage in outages},
    )


def check_row(row: ImportRow, context: ImportContext) -> list[RowError]:
    """Return what is wrong with a row beyond its single cells."""
    found = other_organisation(row, context)
    found += unregistered_systems(row, (SYSTEM,), context.data.systems)
    if found:
        return found
    known, facts = stated(row, context)
    system = context.data.systems[row["system"]]
    return check_record(row, COLUMNS, Outage(pk=known.pk if known else None, system=system, **facts.values()))


def stated(row: ImportRow, context: ImportContext) -> tuple[Outage | None, OutageFacts]:
    """Return the outage that a row is about, if it was recorded before, and the facts that it states."""
    system = context.data.systems[row["system"]]
    known = context.data.outages.get((system.pk, row["started_at"], plain(row["title"])))
    return known, facts_of(row, context, known)


def facts_of(row: ImportRow, context: ImportContext, known: Outage | None) -> OutageFacts:
    """Return the facts that a row states; what the sheet has no column for stays as it is."""
    before = OutageFacts.of(known).values() if known else {}
    stated: dict[str, Any] = {
        "title": plain(row["title"]),
        "started_at": row["started_at"],
        "severity": row["severity"],
    }
    if "ended_at" in context.columns:
        stated["ended_at"] = row["ended_at"]
    if "is_planned" in context.columns:
        stated["is_planned"] = bool(row["is_planned"])
    if "cause" in context.columns:
        stated["cause"] = plain(row["cause"])
    return OutageFacts(**(before | stated))


def apply(actor: Actor, rows: Iterable[ImportRow], context: ImportContext) -> ApplyResult:
    """Note or correct the outage of each row."""
    systems = context.data.systems
    return save_each(
        rows,
        lambda row: stated(row, context),
        add=lambda row, facts: open_outage(actor, system=systems[row["system"]], facts=facts),
        update=lambda outage, facts: update_outage(actor, outage=outage, facts=facts),
    )


def cells(outage: Outage) -> Mapping[str, Any]:
    """Return an outage as a row."""
    return {
        "organisation_code": outage.system.organisation.code,
        "system": outage.system.code,
        "title": outage.title,
        "started_at": moment_cell(outage.started_at),
        "ended_at": moment_cell(outage.ended_at),
        "severity": outage.get_severity_display(),
        "is_planned": outage.is_planned,
        "cause": outage.cause,
    }


OUTAGES = Sheet(
    "outages",
    Importer(
        code="registry.outages",
        title=_("障害"),
        columns=COLUMNS,
        key_columns=("system", "started_at", "title"),
        prepare=prepare,
        check_row=check_row,
        apply=apply,
        lead=_("障害を1行に1つ書いた表を取り込みます。同じシステム、発生日時、件名の記録は更新します。"),
        done_url=list_of("registry:outages"),
    ),
    outages_for,
    cells,
)
