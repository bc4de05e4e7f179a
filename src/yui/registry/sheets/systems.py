"""情報システム台帳 as a table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.public import Department
from yui.registry.engine.names import name_key
from yui.registry.facts import SystemFacts
from yui.registry.models import (
    CloudProvider,
    Hosting,
    InformationSystem,
    NetworkModel,
    NetworkZone,
    StandardBusinessArea,
    SystemCategory,
    SystemStatus,
)
from yui.registry.operations import register_system, update_system
from yui.registry.queries.systems import systems_for
from yui.registry.sheets.lookups import Vendors, areas_by_word, departments_by_word, systems_by_code
from yui.registry.sheets.sheet import (
    ORGANISATION_COLUMN,
    Sheet,
    check_record,
    list_of,
    other_organisation,
    plain,
    save_each,
    unknown,
)

VISIBILITIES = tuple(choice for choice in Visibility.choices if choice[0] != Visibility.PARTICIPANTS)
AREA = ImportColumn(
    "business_area",
    "標準化対象業務",
    aliases=("標準業務", "20業務"),
    help=_("業務名か2桁の業務コード。区分が「標準化対象業務」のときに書いてください。"),
)
DEPARTMENT = ImportColumn(
    "department", "主管課", aliases=("所管課", "担当課", "主管部署"), help=_("部署コードか部署名。")
)
VENDOR = ImportColumn(
    "vendor",
    "主な事業者",
    aliases=("事業者", "事業者名", "ベンダー"),
    max_length=120,
    help=_("登録のない事業者は、取り込むときに登録します。"),
)
LEVELS = {1: ("1", "1"), 2: ("2", "2"), 3: ("3", "3")}


def _levels(key: str, title: str, highest: int) -> ImportColumn:
    return ImportColumn(
        key,
        title,
        kind=ColumnKind.CHOICE,
        choices=tuple(LEVELS[level] for level in range(1, highest + 1)),
        choice_aliases={f"{title}{level}": str(level) for level in range(1, highest + 1)},
        example="2",
    )


COLUMNS = (
    ORGANISATION_COLUMN,
    ImportColumn(
        "code",
        "システムコード",
        aliases=("管理番号", "システム番号", "コード"),
        kind=ColumnKind.CODE,
        required=True,
        max_length=20,
        example="MN-001",
    ),
    ImportColumn(
        "name",
        "システム名",
        aliases=("システム名称", "情報システム名", "名称"),
        required=True,
        max_length=120,
    ),
    ImportColumn("name_kana", "フリガナ", aliases=("カナ",), max_length=160),
    ImportColumn("purpose", "目的", aliases=("概要",), max_length=1000),
    ImportColumn(
        "category", "区分", kind=ColumnKind.CHOICE, required=True, choices=tuple(SystemCategory.choices)
    ),
    AREA,
    DEPARTMENT,
    VENDOR,
    ImportColumn(
        "hosting",
        "設置場所",
        aliases=("稼働環境", "ホスティング"),
        kind=ColumnKind.CHOICE,
        required=True,
        choices=tuple(Hosting.choices),
        choice_aliases={"オンプレ": "on_premises", "庁内": "on_premises", "ガバクラ": "government_cloud"},
    ),
    ImportColumn(
        "cloud_provider",
        "CSP",
        aliases=("クラウド事業者",),
        kind=ColumnKind.CHOICE,
        choices=tuple(CloudProvider.choices),
        choice_aliases={"GCP": "google", "OCI": "oracle", "Azure": "azure", "さくら": "sakura"},
    ),
    ImportColumn(
        "network_zone",
        "ネットワーク",
        aliases=("ネットワーク区分", "三層"),
        kind=ColumnKind.CHOICE,
        required=True,
        choices=tuple(NetworkZone.choices),
        choice_aliases={
            "個人番号利用事務系": "my_number",
            "マイナンバー系": "my_number",
            "インターネット系": "internet",
        },
    ),
    ImportColumn(
        "network_model",
        "ネットワークモデル",
        kind=ColumnKind.CHOICE,
        choices=tuple(NetworkModel.choices),
        choice_aliases={
            "α": "alpha",
            "α'": "alpha_dash",
            "α'モデル": "alpha_dash",
            "β": "beta",
            "β'": "beta_dash",
            "β'モデル": "beta_dash",
        },
    ),
    _levels("confidentiality", "機密性", 3),
    _levels("integrity", "完全性", 2),
    _levels("availability_level", "可用性", 2),
    ImportColumn("rto_hours", "目標復旧時間(時間)", aliases=("RTO", "RTO(時間)"), kind=ColumnKind.INT),
    ImportColumn("rpo_hours", "目標復旧時点(時間)", aliases=("RPO", "RPO(時間)"), kind=ColumnKind.INT),
    ImportColumn("user_count", "利用者数", kind=ColumnKind.INT),
    ImportColumn("started_on", "稼働日", aliases=("稼働開始日", "運用開始日"), kind=ColumnKind.DATE),
    ImportColumn("retired_on", "廃止日", kind=ColumnKind.DATE),
    ImportColumn(
        "status",
        "状態",
        kind=ColumnKind.CHOICE,
        choices=tuple(SystemStatus.choices),
        choice_aliases={"運用中": "running", "稼動中": "running", "開発中": "preparing", "停止": "retired"},
    ),
    ImportColumn("visibility", "見える範囲", kind=ColumnKind.CHOICE, choices=VISIBILITIES),
)
TEXTS = frozenset({"name", "name_kana", "purpose", "cloud_provider", "network_model"})
NUMBERS = frozenset({"rto_hours", "rpo_hours", "user_count", "started_on", "retired_on"})
LEVEL_KEYS = frozenset({"confidentiality", "integrity", "availability_level"})


@dataclass(frozen=True)
class Lookups:
    """What the words of the sheet may name."""

    areas: dict[str, StandardBusinessArea]
    departments: dict[str, Department | None]
    vendors: Vendors
    systems: dict[str, InformationSystem]


def prepare(actor: Actor, organisation: Organisation) -> Lookups:
    """Read the records that rows may name."""
    return Lookups(
        areas_by_word(),
        departments_by_word(actor, organisation),
        Vendors.read(actor),
        systems_by_code(actor, organisation),
    )


def check_row(row: ImportRow, context: ImportContext) -> list[RowError]:
    """Return what is wrong with a row beyond its single cells."""
    found = other_organisation(row, context)
    lookups: Lookups = context.data
    if row[AREA.key] is not None and name_key(row[AREA.key]) not in lookups.areas:
        found.append(
            unknown(
                row,
                AREA,
                _("標準化対象20業務にありません。"),
                _("業務名か01~20の業務コードを書いてください。"),
            )
        )
    if row[DEPARTMENT.key] is not None and lookups.departments.get(name_key(row[DEPARTMENT.key])) is None:
        found.append(
            unknown(
                row,
                DEPARTMENT,
                _("この名前の部署は、登録がないか、2つ以上あります。"),
                _("部署コードを書くか、先に部署を登録してください。"),
            )
        )
    if found:
        return found
    known = lookups.systems.get(row["code"])
    facts = facts_of(row, context, known)
    record = InformationSystem(
        pk=known.pk if known else None, organisation=context.organisation, **facts.values()
    )
    return check_record(row, COLUMNS, record)


def facts_of(row: ImportRow, context: ImportContext, known: InformationSystem | None) -> SystemFacts:
    """Return the facts that a row states; what the sheet has no column for stays as it is.

    The vendor is set only if it is known already.
    """
    lookups: Lookups = context.data
    stated: dict[str, Any] = {}
    for key in context.columns & (TEXTS | NUMBERS):
        stated[key] = plain(row[key]) if key in TEXTS else row[key]
    for key in context.columns & LEVEL_KEYS:
        if row[key] is not None:
            stated[key] = int(row[key])
    for key in context.columns & {"code", "category", "hosting", "network_zone", "status", "visibility"}:
        if row[key] is not None:
            stated[key] = row[key]
    if AREA.key in context.columns:
        stated["business_area"] = lookups.areas[name_key(row[AREA.key])] if row[AREA.key] else None
    if DEPARTMENT.key in context.columns:
        word = row[DEPARTMENT.key]
        stated["department"] = lookups.departments[name_key(word)] if word else None
    if VENDOR.key in context.columns:
        stated["vendor"] = lookups.vendors.find(plain(row[VENDOR.key])) if row[VENDOR.key] else None
    return replace(SystemFacts.of(known), **stated) if known else SystemFacts(**stated)


def apply(actor: Actor, rows: Iterable[ImportRow], context: ImportContext) -> ApplyResult:
    """Register or update the system of each row."""
    lookups: Lookups = context.data

    def read(row: ImportRow) -> tuple[InformationSystem | None, SystemFacts]:
        if row[VENDOR.key] is not None:
            lookups.vendors.find_or_register(actor, context.organisation, plain(row[VENDOR.key]))
        known = lookups.systems.get(row["code"])
        return known, facts_of(row, context, known)

    return save_each(
        rows,
        read,
        add=lambda _row, facts: register_system(actor, organisation=context.organisation, facts=facts),
        update=lambda system, facts: update_system(actor, system=system, facts=facts),
    )


def cells(system: InformationSystem) -> Mapping[str, Any]:
    """Return a system as a row."""
    return {
        **{key: getattr(system, key) for key in TEXTS | NUMBERS | LEVEL_KEYS | {"code"}},
        "organisation_code": system.organisation.code,
        "category": system.get_category_display(),
        "business_area": system.business_area.name_ja if system.business_area else "",
        "department": system.department.code if system.department else "",
        "vendor": system.vendor.name if system.vendor else "",
        "hosting": system.get_hosting_display(),
        "cloud_provider": system.get_cloud_provider_display(),
        "network_zone": system.get_network_zone_display(),
        "network_model": system.get_network_model_display(),
        "status": system.get_status_display(),
        "visibility": system.get_visibility_display(),
    }


SYSTEMS = Sheet(
    "systems",
    Importer(
        code="registry.systems",
        title=_("情報システム台帳"),
        columns=COLUMNS,
        key_columns=("code",),
        prepare=prepare,
        check_row=check_row,
        apply=apply,
        lead=_("情報システムを1行に1つ書いた表を取り込みます。同じシステムコードの記録は更新します。"),
        done_url=list_of("registry:systems"),
    ),
    systems_for,
    cells,
)
