"""Takes the proposals of past years in, through the house's importer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import FiscalYear, today
from yui.kernel.exchange.formats.cells import folded
from yui.kernel.exchange.importers import (
    ApplyResult,
    ImportColumn,
    ImportContext,
    Importer,
    ImportRow,
    RowError,
)
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.writing import personal_numbers
from yui.organisations.public import Department
from yui.people.practices.formats.proposal_sheets import (
    CATEGORY,
    COLUMNS,
    DECIDED,
    SUBMITTED,
    TEXTS,
    YEAR,
    hours_of,
    result_of,
    source_key,
)
from yui.people.practices.models import Proposal, ProposalCategory
from yui.people.practices.operations.proposals.facts import PastProposal, ProposalFacts
from yui.people.practices.operations.proposals.take_in_proposal import take_in_proposal

IMPORTER_CODE = "practices.proposals"
message_of = lazy(lambda error: next(iter(error)), str)
"""The sentence of one ``ValidationError`` in the language in which it is asked for."""


@dataclass
class Lookups:
    """What the words of the sheet may name, and the keys that rows before had."""

    categories: dict[str, ProposalCategory]
    departments: dict[str, Department]
    seen: dict[str, int] = field(default_factory=dict)


def prepare(actor: Actor, organisation: Organisation) -> Lookups:
    """Read the categories and departments that rows may name."""
    categories = ProposalCategory.objects.visible_to(actor).filter(organisation=organisation)
    departments = Department.objects.visible_to(actor).filter(organisation=organisation)
    return Lookups(
        {folded(each.name): each for each in categories}, {folded(each.name): each for each in departments}
    )


def check_row(row: ImportRow, context: ImportContext) -> list[RowError]:
    """Return what is wrong with a row beyond its single cells."""
    found = [*_wrong_dates(row), *_personal_numbers(row)]
    if row["category"] and folded(row["category"]) not in context.data.categories:
        found.append(
            _error(
                row,
                CATEGORY,
                _("この分類はありません。"),
                _("設定の画面で分類を加えるか、空にしてください。"),
            )
        )
    key = source_key(row.values)
    first = context.data.seen.setdefault(key, row.number)
    if first != row.number:
        message = format_lazy(_("{first}行目と同じ提案です。"), first=first)
        found.append(_error(row, None, message, _("どちらかの行を外すか、番号を直してください。")))
    return found or _wrong_record(row, context)


def _wrong_dates(row: ImportRow) -> Iterator[RowError]:
    submitted, decided, implemented = row["submitted_on"], row["decided_on"], row["implemented_on"]
    if FiscalYear(row["fiscal_year"]).start > today():
        yield _error(row, YEAR, _("まだ始まっていない年度です。"), _("年度を直してください。"))
    if submitted and FiscalYear.of(submitted).year != row["fiscal_year"]:
        yield _error(
            row, SUBMITTED, _("提出日が年度の外です。"), _("年度か提出日のどちらかを直してください。")
        )
    if any(day and day > today() for day in (submitted, decided, implemented)):
        yield _error(row, SUBMITTED, _("まだ来ていない日があります。"), _("日付を直してください。"))
    if _is_before(decided, submitted) or _is_before(implemented, submitted):
        yield _error(
            row, DECIDED, _("提出日より前の決定日か実施日があります。"), _("日付の順を直してください。")
        )


def _is_before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def _personal_numbers(row: ImportRow) -> Iterator[RowError]:
    for key in TEXTS:
        for number in personal_numbers(row[key] or ""):
            column = next(each for each in COLUMNS if each.key == key)
            yield RowError(
                row.number,
                column.title_ja,
                number.masked,
                _("個人番号(マイナンバー)らしい12桁の番号があります。"),
                _("番号を消してから取り込んでください。"),
            )


def _wrong_record(row: ImportRow, context: ImportContext) -> list[RowError]:
    """Return what the record's own rules say."""
    past = past_of(row, context)
    record = Proposal(
        organisation=context.organisation,
        source_key=past.source_key,
        number="-",
        serial=0,
        fiscal_year=past.fiscal_year,
        entered_on=today(),
        stage=past.stage,
        outcome=past.outcome,
        decided_on=past.decided_on,
        decision_reason=past.decision_reason,
        **past.facts.values(),
    )
    keys = {each.name for each in record._meta.concrete_fields if each.remote_field}
    try:
        record.clean_fields(exclude=keys)
    except ValidationError as error:
        titles = {column.key: column for column in COLUMNS}
        return [
            _error(row, titles.get(name), message_of(leaf), _("この行の値を直してください。"))  # type: ignore[no-untyped-call]
            for name, leaves in error.error_dict.items()
            for leaf in leaves
            if name != NON_FIELD_ERRORS
        ]
    return []


def _error(row: ImportRow, column: ImportColumn | None, message: Any, remedy: Any) -> RowError:
    value = row.values.get(column.key) if column else None
    title = column.title_ja if column else ""
    return RowError(row.number, title, "" if value is None else str(value), message, remedy)


def past_of(row: ImportRow, context: ImportContext) -> PastProposal:
    """Return what a row says of a proposal."""
    word = row["department"] or ""
    department = context.data.departments.get(folded(word)) if word else None
    result = result_of(row["result"], row["implemented_on"])
    facts = ProposalFacts(
        kind=row["kind"],
        title=row["title"],
        present=row["present"] or "",
        idea=row["idea"] or "",
        category=context.data.categories.get(folded(row["category"] or "")),
        expected_hours=hours_of(row["expected_hours"]),
        expected_yen_yearly=row["expected_yen_yearly"],
        department=department,
        group_name=row["group_name"] or ("" if department else word),
    )
    return PastProposal(
        source_key=source_key(row.values),
        fiscal_year=row["fiscal_year"],
        facts=facts,
        stage=result.stage.value,
        outcome=result.outcome,
        decision_reason=row["decision_reason"] or "",
        submitted_on=row["submitted_on"],
        decided_on=row["decided_on"] if result.outcome else None,
        implemented_on=row["implemented_on"],
    )


def apply(actor: Actor, rows: Iterable[ImportRow], context: ImportContext) -> ApplyResult:
    """Take in the proposal of each row, and count."""
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    for row in rows:
        past = past_of(row, context)
        counts[take_in_proposal(actor, organisation=context.organisation, past=past)] += 1
    return ApplyResult(**counts)


IMPORTER = Importer(
    code=IMPORTER_CODE,
    title=_("改善提案"),
    columns=COLUMNS,
    prepare=prepare,
    check_row=check_row,
    apply=apply,
    lead=_("過去の改善提案を1行に1件書いた表を取り込みます。もう一度取り込んでも、同じ提案は増えません。"),
    done_url=lambda code: f"{reverse('practices:proposals')}?organisation={code}",
)
