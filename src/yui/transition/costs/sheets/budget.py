"""予算 as a table."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import DateNotUnderstood, FiscalYear
from yui.kernel.exchange.importers import (
    ApplyResult,
    ColumnKind,
    ImportColumn,
    ImportContext,
    Importer,
    ImportRow,
    RowError,
)
from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.formats.ledger import CATEGORIES
from yui.transition.costs.models import BudgetKind, BudgetLine
from yui.transition.costs.operations.save_budget_line import BudgetFacts, save_budget_line


def fiscal_year(text: str) -> int:
    """Read a fiscal year as people write it.

    Raises:
        ValueError: with a sentence that says what to write.
    """
    try:
        return FiscalYear.parse(text).year
    except DateNotUnderstood as error:
        raise ValueError(str(error)) from error


COLUMNS = (
    ImportColumn(
        "organisation_code",
        "団体コード",
        aliases=("全国地方公共団体コード",),
        kind=ColumnKind.CODE,
        help=_("空でもかまいません。書くときは取り込み先の団体のコードにしてください。"),
        example="131032",
    ),
    ImportColumn(
        "fiscal_year", "年度", aliases=("会計年度",), required=True, verify=fiscal_year, example="令和8年度"
    ),
    ImportColumn(
        "kind",
        "予算の種類",
        aliases=("種類", "当初・補正"),
        kind=ColumnKind.CHOICE,
        required=True,
        choices=tuple(BudgetKind.choices),
        choice_aliases={"当初": "initial", "補正": "supplementary"},
    ),
    ImportColumn(
        "revision",
        "補正の回",
        aliases=("補正号数",),
        kind=ColumnKind.INT,
        help=_("当初予算は空か 0、補正予算は 1 以上です。空の補正は 1 回目とします。"),
        example="1",
    ),
    ImportColumn(
        "budget_item", "款項目", aliases=("予算科目",), max_length=160, example="総務費/総務管理費/電子計算費"
    ),
    ImportColumn("budget_detail", "節細節", aliases=("節", "節・細節"), max_length=120, example="委託料"),
    ImportColumn("system_code", "システムコード", aliases=("管理番号",), max_length=80),
    ImportColumn(
        "cost_category",
        "経費区分",
        kind=ColumnKind.CHOICE,
        required=True,
        choices=tuple(CostCategory.choices),
        choice_aliases=CATEGORIES,
    ),
    ImportColumn(
        "amount_yen",
        "予算額(円)",
        aliases=("予算額", "金額"),
        kind=ColumnKind.YEN,
        required=True,
        help=_("減額の補正は ▲ を付けてください。"),
        example="12,000,000",
    ),
    ImportColumn("note", "備考", aliases=("摘要",), max_length=200),
)
KEY = ("fiscal_year", "revision", "budget_item", "budget_detail", "system_code", "cost_category")
Known = dict[tuple[Any, ...], BudgetLine]


def prepare(actor: Actor, organisation: Organisation) -> Known:
    """Read the lines that rows may correct."""
    lines = BudgetLine.objects.visible_to(actor).filter(organisation=organisation)
    return {_key(line): line for line in lines.select_related("organisation")}


def _key(source: BudgetLine | BudgetFacts) -> tuple[Any, ...]:
    return tuple(getattr(source, name) for name in KEY)


def facts_of(row: ImportRow) -> BudgetFacts:
    """Return the facts that a row states."""
    is_initial = row["kind"] == BudgetKind.INITIAL
    return BudgetFacts(
        fiscal_year=row["fiscal_year"],
        kind=row["kind"],
        revision=(row["revision"] or 0) if is_initial else 1 if row["revision"] is None else row["revision"],
        budget_item=row["budget_item"] or "",
        budget_detail=row["budget_detail"] or "",
        system_code=row["system_code"] or "",
        cost_category=row["cost_category"],
        amount_yen=row["amount_yen"],
        note=row["note"] or "",
    )


def check_row(row: ImportRow, context: ImportContext) -> list[RowError]:
    """Return what is wrong with a row beyond its single cells."""
    code = row["organisation_code"]
    if code is not None and code != context.organisation.code:
        return [
            RowError(
                row.number,
                COLUMNS[0].title_ja,
                code,
                _("取り込み先とは別の団体のコードです。"),
                _("この行を外すか、取り込み先の団体を選び直してください。"),
            )
        ]
    facts = facts_of(row)
    known = context.data.get(_key(facts))
    record = BudgetLine(pk=known.pk if known else None, organisation=context.organisation, **vars(facts))
    # A line that is there already is looked at as a correction, so that it is not its own double.
    record._state.adding = known is None
    try:
        record.full_clean()
    except ValidationError as error:
        return [_row_error(row, name, told) for name, told in error.message_dict.items()]
    return []


def _row_error(row: ImportRow, name: str, told: list[str]) -> RowError:
    titles = {column.key: column.title_ja for column in COLUMNS}
    title = "" if name == NON_FIELD_ERRORS else titles.get(name, "")
    value = str(row.values.get(name) or "") if title else ""
    return RowError(row.number, title, value, " ".join(told), _("値を確かめて書き直してください。"))


def apply(actor: Actor, rows: Iterable[ImportRow], context: ImportContext) -> ApplyResult:
    """Add or correct the line of each row."""
    created = updated = unchanged = 0
    for row in rows:
        facts = facts_of(row)
        known = context.data.get(_key(facts))
        line, is_changed = save_budget_line(actor, organisation=context.organisation, facts=facts, line=known)
        context.data[_key(facts)] = line
        created += known is None
        updated += known is not None and is_changed
        unchanged += not is_changed
    return ApplyResult(created, updated, unchanged)


BUDGET = Importer(
    code="costs.budget",
    title=_("予算"),
    columns=COLUMNS,
    key_columns=("kind", *KEY),
    prepare=prepare,
    check_row=check_row,
    apply=apply,
    verb=Verb.IMPORT,
    lead=_("予算を1行に1つ書いた表を取り込みます。同じ年度・款項目・システム・経費区分の行は書き換えます。"),
    done_url=lambda code: f"{reverse('costs:budget-lines')}?organisation={code}",
)
