"""契約 as a table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
from yui.registry.engine.corporate_number import is_corporate_number
from yui.registry.facts import ContractFacts
from yui.registry.models import Contract, ContractKind, InformationSystem, Vendor
from yui.registry.operations import add_contract, update_contract
from yui.registry.queries.contracts import contracts_for
from yui.registry.sheets.lookups import Vendors, split_codes, systems_by_code
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
from yui.registry.sheets.systems import VISIBILITIES


def corporate_number(text: str) -> str:
    """Return a 法人番号 whose check digit is right.

    Raises:
        CellRejected: with a sentence that says what to do.
    """
    digits = text.replace("-", "")
    if not is_corporate_number(digits):
        raise CellRejected(_("法人番号の検査数字が合いません。"), _("13桁の法人番号を確かめてください。"))
    return digits


SYSTEM_CODES = ImportColumn(
    "systems",
    "対象システム",
    aliases=("システムコード", "対象システムコード"),
    help=_("システムコード。2つ以上は「、」で区切ってください。"),
    example="MN-001、MN-002",
)
COLUMNS = (
    ORGANISATION_COLUMN,
    ImportColumn("number", "契約番号", aliases=("契約No",), required=True, max_length=40, example="R8-001"),
    ImportColumn("title", "契約件名", aliases=("件名", "契約名"), required=True, max_length=160),
    ImportColumn(
        "kind",
        "種類",
        aliases=("契約種別", "契約の種類"),
        kind=ColumnKind.CHOICE,
        required=True,
        choices=tuple(ContractKind.choices),
        choice_aliases={
            "構築": "build",
            "改修": "build",
            "運用": "operation",
            "リース": "lease",
            "利用料": "service",
        },
    ),
    ImportColumn(
        "vendor",
        "事業者",
        aliases=("事業者名", "契約相手方", "受託者"),
        required=True,
        max_length=120,
        help=_("登録のない事業者は、取り込むときに登録します。"),
    ),
    ImportColumn("corporate_number", "法人番号", kind=ColumnKind.CODE, verify=corporate_number),
    SYSTEM_CODES,
    ImportColumn(
        "starts_on", "開始日", aliases=("契約開始日", "契約期間/開始"), kind=ColumnKind.DATE, required=True
    ),
    ImportColumn(
        "ends_on", "終了日", aliases=("契約終了日", "契約期間/終了"), kind=ColumnKind.DATE, required=True
    ),
    ImportColumn(
        "total_yen",
        "契約金額(円)",
        aliases=("契約金額", "総額"),
        kind=ColumnKind.YEN,
        required=True,
        help=_("税込み"),
    ),
    ImportColumn(
        "annual_yen", "年額(円)", aliases=("年額",), kind=ColumnKind.YEN, required=True, help=_("税込み")
    ),
    ImportColumn(
        "renewal_notice_days", "更新の検討を始める日(終了の何日前)", kind=ColumnKind.INT, example="180"
    ),
    ImportColumn("visibility", "見える範囲", kind=ColumnKind.CHOICE, choices=VISIBILITIES),
)
PLAIN = frozenset({"kind", "starts_on", "ends_on", "total_yen", "annual_yen"})


@dataclass(frozen=True)
class Lookups:
    """What the words of the sheet may name."""

    vendors: Vendors
    systems: dict[str, InformationSystem]
    contracts: dict[str, Contract]


def prepare(actor: Actor, organisation: Organisation) -> Lookups:
    """Read the records that rows may name."""
    return Lookups(
        Vendors.read(actor),
        systems_by_code(actor, organisation),
        {contract.number: contract for contract in contracts_for(actor, organisation)},
    )


def check_row(row: ImportRow, context: ImportContext) -> list[RowError]:
    """Return what is wrong with a row beyond its single cells."""
    found = other_organisation(row, context)
    lookups: Lookups = context.data
    for code in split_codes(row["systems"] or ""):
        if code not in lookups.systems:
            found.append(
                unknown(
                    row,
                    SYSTEM_CODES,
                    format_lazy(_("システムコード「{code}」は登録されていません。"), code=code),
                    _("先に情報システムを登録するか、コードを直してください。"),
                )
            )
    if found:
        return found
    known = lookups.contracts.get(plain(row["number"]))
    vendor = lookups.vendors.find(plain(row["vendor"]), row["corporate_number"])
    facts = facts_of(row, context, known, vendor or Vendor())
    record = Contract(pk=known.pk if known else None, organisation=context.organisation, **facts.values())
    return check_record(row, COLUMNS, record)


def facts_of(row: ImportRow, context: ImportContext, known: Contract | None, vendor: Vendor) -> ContractFacts:
    """Return the facts that a row states; what the sheet has no column for stays as it is."""
    lookups: Lookups = context.data
    stated: dict[str, Any] = {key: row[key] for key in PLAIN}
    stated |= {"number": plain(row["number"]), "title": plain(row["title"]), "vendor": vendor}
    for key in ("renewal_notice_days", "visibility"):
        if row[key] is not None:
            stated[key] = row[key]
    if SYSTEM_CODES.key in context.columns:
        codes = split_codes(row[SYSTEM_CODES.key] or "")
        stated["systems"] = frozenset(lookups.systems[code] for code in codes)
    return replace(ContractFacts.of(known), **stated) if known else ContractFacts(**stated)


def apply(actor: Actor, rows: Iterable[ImportRow], context: ImportContext) -> ApplyResult:
    """Add or update the contract of each row."""
    lookups: Lookups = context.data

    def read(row: ImportRow) -> tuple[Contract | None, ContractFacts]:
        vendor = lookups.vendors.find_or_register(
            actor, context.organisation, plain(row["vendor"]), row["corporate_number"]
        )
        known = lookups.contracts.get(plain(row["number"]))
        return known, facts_of(row, context, known, vendor)

    return save_each(
        rows,
        read,
        add=lambda _row, facts: add_contract(actor, organisation=context.organisation, facts=facts),
        update=lambda contract, facts: update_contract(actor, contract=contract, facts=facts),
    )


def cells(contract: Contract) -> Mapping[str, Any]:
    """Return a contract as a row."""
    return {
        **{key: getattr(contract, key) for key in PLAIN | {"number", "title", "renewal_notice_days"}},
        "organisation_code": contract.organisation.code,
        "kind": contract.get_kind_display(),
        "vendor": contract.vendor.name,
        "corporate_number": contract.vendor.corporate_number or "",
        "systems": "、".join(system.code for system in contract.systems.all()),
        "visibility": contract.get_visibility_display(),
    }


CONTRACTS = Sheet(
    "contracts",
    Importer(
        code="registry.contracts",
        title=_("契約"),
        columns=COLUMNS,
        key_columns=("number",),
        prepare=prepare,
        check_row=check_row,
        apply=apply,
        lead=_("契約を1行に1つ書いた表を取り込みます。同じ契約番号の記録は更新します。"),
        done_url=list_of("registry:contracts"),
    ),
    contracts_for,
    cells,
)
