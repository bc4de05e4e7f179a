"""An importer that needs no room: it makes municipalities."""

from django.utils.translation import gettext_lazy as _

from yui.kernel.exchange.importers import (
    ApplyResult,
    ColumnKind,
    ImportColumn,
    Importer,
    RowError,
)
from yui.kernel.scope.models import Organisation, OrganisationKind


def check_digit(code: str) -> str:
    """Verify an official code as the organisations' room does: weights 6 to 2, modulus 11."""
    if len(code) != 6 or not code.isdigit():
        raise ValueError("団体コードは6桁の数字です。")
    total = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2), strict=False))
    if (11 - total % 11) % 10 != int(code[5]):
        raise ValueError("検査数字が合いません。")
    return code


def apply_bodies(actor, rows, context):
    created = unchanged = 0
    for row in rows:
        _body, is_new = Organisation.objects.get_or_create(
            code=row["code"],
            defaults={"name_ja": row["name"], "name_en": "x", "kind": OrganisationKind.MUNICIPALITY},
        )
        created += is_new
        unchanged += not is_new
    return ApplyResult(created=created, unchanged=unchanged)


def no_shared_name(row, context):
    if row["name"] == "使えない市":
        return [
            RowError(row.number, "名称", row["name"], _("使えない名前です。"), _("別の名前にしてください。"))
        ]
    return []


BODIES = Importer(
    code="tests.bodies",
    title="市区町村",
    columns=(
        ImportColumn(
            "code",
            "団体コード",
            aliases=("コード",),
            kind=ColumnKind.ORGANISATION_CODE,
            required=True,
            verify=check_digit,
        ),
        ImportColumn("name", "名称", aliases=("市区町村名",), required=True, max_length=20),
        ImportColumn("founded", "市制施行日", aliases=("施行/日付",), kind=ColumnKind.DATE),
        ImportColumn("budget", "予算額", kind=ColumnKind.YEN),
        ImportColumn(
            "shape", "区分", kind=ColumnKind.CHOICE, choices=(("city", "市"), ("town", "町")), help="市か町"
        ),
        ImportColumn("joined", "参加", kind=ColumnKind.BOOL),
    ),
    key_columns=("code",),
    check_row=no_shared_name,
    apply=apply_bodies,
)

GOOD = "団体コード,名称\r\n132012,八王子市\r\n132021,立川市\r\n132039,武蔵野市\r\n".encode("cp932")
MIXED = (
    "団体コード,名称,市制施行日,予算額,区分,参加,備考\n"
    "132012,八王子市,大正6年9月1日,1億2000万円,市,○,\n"
    "132022,立川市,2026-02-30,abc,村,たぶん,\n"
    ",,,,,,\n"
    "１３２０３９,武蔵野市,昭和22年11月3日,▲1,町,無,\n"
    "132012,八王子市,,,,,\n"
    "132047,使えない市,,,,,\n"
).encode()
