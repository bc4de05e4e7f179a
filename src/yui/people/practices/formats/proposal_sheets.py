"""The table in which a ward keeps its proposals of past years: its columns, and what a row says."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import FiscalYear
from yui.kernel.exchange.formats.cells import folded
from yui.kernel.exchange.importers import ColumnKind, ImportColumn
from yui.people.practices.engine.proposal_states import Stage

KINDS = (("idea", _("アイデア")), ("implemented", _("実施済み")), ("issue", _("課題")))
KIND_WORDS = {
    "アイディア": "idea",
    "アイデア提案": "idea",
    "アイディア提案": "idea",
    "提案": "idea",
    "改善提案": "idea",
    "一般提案": "idea",
    "新規提案": "idea",
    "実施済": "implemented",
    "実施報告": "implemented",
    "実績報告": "implemented",
    "改善報告": "implemented",
    "改善実績": "implemented",
    "改善事例": "implemented",
    "実践報告": "implemented",
    "カイゼン": "implemented",
    "ひとり1カイゼン": "implemented",
    "課題提起": "issue",
    "課題提案": "issue",
    "問題提起": "issue",
}
RESULTS = (
    ("adopted", _("採用")),
    ("partly", _("一部採用")),
    ("rejected", _("不採用")),
    ("implemented", _("実施")),
    ("review", _("検討")),
    ("received", _("受付")),
    ("withdrawn", _("取下げ")),
)
RESULT_WORDS = {
    "採択": "adopted",
    "採用決定": "adopted",
    "優秀": "adopted",
    "優秀賞": "adopted",
    "一部採択": "partly",
    "部分採用": "partly",
    "条件付採用": "partly",
    "不採択": "rejected",
    "非採用": "rejected",
    "却下": "rejected",
    "実施済": "implemented",
    "実施済み": "implemented",
    "検討中": "review",
    "審査中": "review",
    "継続検討": "review",
    "保留": "review",
    "未審査": "received",
    "取り下げ": "withdrawn",
    "取下": "withdrawn",
}
EARLIEST_YEAR, LATEST_YEAR = 1950, 2200


def read_fiscal_year(text: str) -> int:
    """Read 令和8年度, R8, 2026 and the like.

    Raises:
        ValueError: with the sentence for the reader (``DateNotUnderstood``, or a year that cannot be).
    """
    year = FiscalYear.parse(text).year
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(str(_("この年度は扱えません。")))
    return year


YEAR = ImportColumn(
    "fiscal_year",
    "年度",
    aliases=("提案年度", "受付年度", "会計年度", "fiscal year"),
    required=True,
    verify=read_fiscal_year,
    help=_("令和8年度、R8、2026 のように書いてください。"),
    example="令和7年度",
)
CATEGORY = ImportColumn(
    "category", "分類", aliases=("提案分類", "区分", "テーマ", "category"), max_length=60, example="窓口"
)
SUBMITTED = ImportColumn(
    "submitted_on",
    "提出日",
    aliases=("受付日", "提案日", "受付年月日", "提出年月日", "submitted"),
    kind=ColumnKind.DATE,
    example="2025-06-10",
)
DECIDED = ImportColumn(
    "decided_on", "決定日", aliases=("審査日", "決定年月日", "採否決定日", "decided"), kind=ColumnKind.DATE
)
TEXTS = ("title", "present", "idea", "decision_reason", "group_name", "department")
COLUMNS = (
    YEAR,
    ImportColumn(
        "reference",
        "番号",
        aliases=("受付番号", "提案番号", "整理番号", "No", "No.", "number"),
        max_length=40,
        help=_("その年度の中の番号。ないときは年度、種別、件名、提出日で見分けます。"),
        example="12",
    ),
    ImportColumn(
        "title",
        "件名",
        aliases=("提案名", "提案件名", "題名", "タイトル", "改善テーマ", "提案題名", "title"),
        required=True,
        max_length=160,
        example="申請書の記入見本を窓口に置く",
    ),
    ImportColumn(
        "kind",
        "種別",
        aliases=("提案種別", "提案区分", "種類", "提案の種類", "kind"),
        kind=ColumnKind.CHOICE,
        required=True,
        choices=KINDS,
        choice_aliases=KIND_WORDS,
        example="アイデア",
    ),
    CATEGORY,
    ImportColumn("present", "現状", aliases=("現状と課題", "現状・課題", "課題", "問題点"), max_length=6000),
    ImportColumn(
        "idea",
        "提案の内容",
        aliases=("提案内容", "内容", "改善内容", "改善案", "提案概要", "概要"),
        max_length=6000,
    ),
    ImportColumn(
        "department",
        "部署",
        aliases=("所属", "提案部署", "所属課", "課名", "提案者所属"),
        max_length=80,
        help=_("今の部署にないときは、グループ名として残します。"),
    ),
    ImportColumn("group_name", "グループ名", aliases=("グループ", "チーム名", "提案グループ"), max_length=80),
    ImportColumn(
        "result",
        "結果",
        aliases=("審査結果", "採否", "結果区分", "採用結果", "result"),
        kind=ColumnKind.CHOICE,
        choices=RESULTS,
        choice_aliases=RESULT_WORDS,
        example="採用",
    ),
    ImportColumn(
        "decision_reason",
        "結果の理由",
        aliases=("理由", "不採用理由", "審査意見", "講評"),
        max_length=4000,
    ),
    SUBMITTED,
    DECIDED,
    ImportColumn(
        "implemented_on",
        "実施日",
        aliases=("実施年月日", "実施時期", "implemented"),
        kind=ColumnKind.DATE,
    ),
    ImportColumn(
        "expected_hours",
        "見込む時間の削減(時間/年)",
        aliases=("削減時間", "効果時間", "年間削減時間", "削減見込時間"),
        kind=ColumnKind.DECIMAL,
    ),
    ImportColumn(
        "expected_yen_yearly",
        "見込む経費の削減(円/年)",
        aliases=("削減額", "効果額", "年間削減額", "削減見込額"),
        kind=ColumnKind.YEN,
    ),
)


@dataclass(frozen=True)
class Result:
    """Where a proposal of a register stands."""

    stage: Stage
    outcome: str = ""


def result_of(word: str | None, implemented_on: date | None) -> Result:
    """Return the standing that a result means; without one the proposal was received and no more is known.

    A proposal that was adopted and has a day on which it was carried out is in use.
    """
    if word == "implemented":
        return Result(Stage.IMPLEMENTED, "adopted")
    if word in ("adopted", "partly"):
        return Result(Stage.IMPLEMENTED if implemented_on else Stage(word), word)
    if word == "rejected":
        return Result(Stage.REJECTED, word)
    return Result(Stage(word or "received"))


def source_key(values: Mapping[str, Any]) -> str:
    """Return what names a row within its ward: the year and the number there, else what describes it."""
    year = str(values["fiscal_year"])
    if values.get("reference"):
        parts = [year, "number", folded(values["reference"])]
    else:
        parts = [
            year,
            "title",
            values["kind"],
            folded(values["title"]),
            str(values.get("submitted_on") or ""),
        ]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def hours_of(value: Decimal | None) -> Decimal | None:
    """Return hours with one decimal, as the record keeps them."""
    return None if value is None else value.quantize(Decimal("0.1"))
