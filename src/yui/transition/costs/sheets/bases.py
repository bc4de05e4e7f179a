"""Tables that the room takes in through the common import: residents, and measured quantities."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
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
from yui.organisations.public import is_valid_code
from yui.transition.costs.operations.set_residents import Residents, may_set_residents, set_residents
from yui.transition.costs.operations.set_usage import Usage, set_usage


def official_code(code: str) -> str:
    """Return the code of a known organisation; that of a municipality has a check digit.

    Raises:
        CellRejected: with what to do.
    """
    if code.isdigit() and not is_valid_code(code):
        raise CellRejected(
            _("団体コードの検査数字が合いません。"), _("6桁の全国地方公共団体コードを確かめてください。")
        )
    return code


CODE = ImportColumn(
    "organisation_code",
    "団体コード",
    aliases=("全国地方公共団体コード", "区コード", "code"),
    kind=ColumnKind.ORGANISATION_CODE,
    required=True,
    verify=official_code,
    help=_("6桁の全国地方公共団体コードです。"),
    example="131032",
)
DRIVER = ImportColumn(
    "driver",
    "使用量の名前",
    aliases=("名前", "driver"),
    required=True,
    max_length=80,
    help=_("業務名と同じ名前にすると、その業務の件数として使います。"),
    example="利用者数",
)
QUANTITY = ImportColumn(
    "quantity",
    "使用量",
    aliases=("数量", "件数", "quantity"),
    kind=ColumnKind.DECIMAL,
    required=True,
    example="120",
)
MONTH = ImportColumn(
    "month", "月", aliases=("month",), kind=ColumnKind.MONTH, required=True, example="2026-04"
)
AS_OF = ImportColumn(
    "as_of", "基準日", aliases=("年月日", "as_of"), kind=ColumnKind.DATE, required=True, example="2026-01-01"
)
RESIDENTS = ImportColumn(
    "residents",
    "人口",
    aliases=("総数", "住民基本台帳人口", "residents"),
    kind=ColumnKind.INT,
    required=True,
    example="266306",
)


def _organisations(actor: Actor, organisation: Organisation) -> dict[str, Organisation]:
    """Return every active organisation by its code."""
    return {each.code: each for each in Organisation.objects.active()}


def _unknown(row: ImportRow, context: ImportContext) -> list[RowError]:
    """Return an error where the code names no organisation of Yui."""
    code = row["organisation_code"]
    if code in context.data:
        return []
    return [
        RowError(
            row.number,
            CODE.title_ja,
            code,
            _("Yui にない団体です。"),
            _("コードを直すか、行を外してください。"),
        )
    ]


def check_residents(row: ImportRow, context: ImportContext) -> list[RowError]:
    """Return what is wrong with a count beyond its single cells."""
    errors = _unknown(row, context)
    if not errors and not may_set_residents(context.organisation, context.data[row["organisation_code"]]):
        errors.append(
            RowError(
                row.number,
                CODE.title_ja,
                row["organisation_code"],
                _("取り込み先とは別の団体のコードです。"),
                _("この行を外すか、取り込み先の団体を選び直してください。"),
            )
        )
    if row["residents"] <= 0:
        errors.append(_not_usable(row, RESIDENTS, "residents"))
    return errors


def check_usage(row: ImportRow, context: ImportContext) -> list[RowError]:
    """Return what is wrong with a quantity beyond its single cells."""
    errors = _unknown(row, context)
    if row["quantity"] < 0:
        errors.append(_not_usable(row, QUANTITY, "quantity"))
    return errors


def _not_usable(row: ImportRow, column: ImportColumn, key: str) -> RowError:
    value: Any = row[key]
    return RowError(
        row.number, column.title_ja, str(value), _("使えない数です。"), _("0より大きい数に直してください。")
    )


def apply_residents(actor: Actor, rows: Iterable[ImportRow], context: ImportContext) -> ApplyResult:
    """Keep the counts in one step, so that shares are worked out once."""
    counts = [
        Residents(context.data[row["organisation_code"]], row["as_of"], row["residents"]) for row in rows
    ]
    done = set_residents(actor, organisation=context.organisation, counts=counts, source=context.file_name)
    return ApplyResult(*done)


def apply_usage(actor: Actor, rows: Iterable[ImportRow], context: ImportContext) -> ApplyResult:
    """Keep the quantities in one step, so that shares are worked out once."""
    usages = [
        Usage(context.data[row["organisation_code"]], row["month"], row["driver"], row["quantity"])
        for row in rows
    ]
    done = set_usage(actor, organisation=context.organisation, usages=usages, source=context.file_name)
    return ApplyResult(*done)


BASES = (
    Importer(
        code="costs.residents",
        title=_("人口(住民基本台帳)"),
        columns=(CODE, AS_OF, RESIDENTS),
        key_columns=("organisation_code", "as_of"),
        prepare=_organisations,
        check_row=check_residents,
        apply=apply_residents,
        lead=_("団体コード・基準日・人口の表を取り込みます。共同体の職員は全区の分をまとめて取り込めます。"),
        done_url=lambda code: reverse("costs:residents"),
    ),
    Importer(
        code="costs.usage",
        title=_("使用量・件数"),
        columns=(CODE, MONTH, DRIVER, QUANTITY),
        key_columns=("organisation_code", "month", "driver"),
        prepare=_organisations,
        check_row=check_usage,
        apply=apply_usage,
        lead=_("使用量割に使う数量や、業務の件数を、団体と月ごとに取り込みます。"),
        done_url=lambda code: reverse("costs:usage"),
    ),
)
