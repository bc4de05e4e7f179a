"""データ連携 as a table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

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
from yui.registry.facts import LinkFacts
from yui.registry.models import DataLink, InformationSystem, LinkDirection, LinkFrequency, LinkMedium
from yui.registry.operations import link_systems, update_link
from yui.registry.queries.link_graph import links_for
from yui.registry.sheets.lookups import systems_by_code, unregistered_systems
from yui.registry.sheets.sheet import (
    ORGANISATION_COLUMN,
    Sheet,
    check_record,
    list_of,
    other_organisation,
    plain,
    save_each,
)

SOURCE = ImportColumn(
    "source", "連携元コード", aliases=("連携元",), kind=ColumnKind.CODE, required=True, example="MN-001"
)
TARGET = ImportColumn(
    "target", "連携先コード", aliases=("連携先",), kind=ColumnKind.CODE, required=True, example="MN-002"
)
COLUMNS = (
    ORGANISATION_COLUMN,
    SOURCE,
    TARGET,
    ImportColumn(
        "medium",
        "方法",
        aliases=("連携方法",),
        kind=ColumnKind.CHOICE,
        required=True,
        choices=tuple(LinkMedium.choices),
        choice_aliases={"ファイル": "file", "DB連携": "database", "媒体": "medium", "手入力": "manual"},
    ),
    ImportColumn(
        "frequency",
        "頻度",
        kind=ColumnKind.CHOICE,
        required=True,
        choices=tuple(LinkFrequency.choices),
        choice_aliases={"リアルタイム": "realtime", "毎日": "daily", "都度": "on_demand"},
    ),
    ImportColumn("direction", "向き", kind=ColumnKind.CHOICE, choices=tuple(LinkDirection.choices)),
    ImportColumn("data", "データの内容", aliases=("連携データ",), required=True, max_length=200),
)
Key = tuple[int, int, str, str]


@dataclass(frozen=True)
class Lookups:
    """What the words of the sheet may name."""

    systems: dict[str, InformationSystem]
    links: dict[Key, DataLink]


def prepare(actor: Actor, organisation: Organisation) -> Lookups:
    """Read the records that rows may name."""
    links = links_for(actor, organisation)
    return Lookups(
        systems_by_code(actor, organisation),
        {(link.source_id, link.target_id, link.medium, link.data): link for link in links},
    )


def check_row(row: ImportRow, context: ImportContext) -> list[RowError]:
    """Return what is wrong with a row beyond its single cells."""
    found = other_organisation(row, context)
    found += unregistered_systems(row, (SOURCE, TARGET), context.data.systems)
    if found:
        return found
    known, facts = stated(row, context)
    return check_record(row, COLUMNS, DataLink(pk=known.pk if known else None, **facts.values()))


def stated(row: ImportRow, context: ImportContext) -> tuple[DataLink | None, LinkFacts]:
    """Return the link that a row is about, if it was recorded before, and the facts that it states."""
    facts = LinkFacts(
        source=context.data.systems[row["source"]],
        target=context.data.systems[row["target"]],
        medium=row["medium"],
        frequency=row["frequency"],
        data=plain(row["data"]),
        direction=row["direction"] or LinkDirection.ONE_WAY.value,
    )
    return context.data.links.get((facts.source.pk, facts.target.pk, facts.medium, facts.data)), facts


def apply(actor: Actor, rows: Iterable[ImportRow], context: ImportContext) -> ApplyResult:
    """Add or update the link of each row."""
    return save_each(
        rows,
        lambda row: stated(row, context),
        add=lambda _row, facts: link_systems(actor, facts=facts),
        update=lambda link, facts: update_link(actor, link=link, facts=facts),
    )


def cells(link: DataLink) -> Mapping[str, Any]:
    """Return a link as a row."""
    return {
        "organisation_code": link.source.organisation.code,
        "source": link.source.code,
        "target": link.target.code,
        "medium": link.get_medium_display(),
        "frequency": link.get_frequency_display(),
        "direction": link.get_direction_display(),
        "data": link.data,
    }


LINKS = Sheet(
    "links",
    Importer(
        code="registry.links",
        title=_("データ連携"),
        columns=COLUMNS,
        key_columns=("source", "target", "medium", "data"),
        prepare=prepare,
        check_row=check_row,
        apply=apply,
        lead=_("システムからシステムへのデータの流れを1行に1つ書いた表を取り込みます。"),
        done_url=list_of("registry:links"),
    ),
    links_for,
    cells,
)
