"""Joins the answers of Sakura Cloud's billing API into rows: one per detail, with the bill of each.

``GET bill/by-contract/…`` answers ``{"Bills": [{"BillID", "Amount", "Date", "MemberID", "PayLimit", …}]}``,
``GET billdetail/<member>/<bill>`` answers ``{"BillDetails": [{"ContractID", "Amount", "Description", …}]}``.
Details do not say whose they are, so both answers come in one file. A bill without details is one row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from yui.transition.costs.formats.providers.errors import (
    DetailsOfSeveralBills,
    DetailsWithoutBill,
    JsonRefused,
)
from yui.transition.costs.formats.providers.json_text import flat

BILLS, DETAILS = "Bills", "BillDetails"
FROM_BILL = ("BillID", "MemberID", "Date", "PayLimit", "Paid")
Row = dict[str, str | None]


@dataclass(frozen=True)
class SakuraFile:
    """The rows, and what a reader should know of them."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def is_sakura(documents: Sequence[Any]) -> bool:
    """Tell whether JSON documents are answers of the billing API."""
    return any(isinstance(each, Mapping) and (BILLS in each or DETAILS in each) for each in documents)


def join_answers(documents: Sequence[Any]) -> SakuraFile:
    """Return one row per detail.

    Raises:
        DetailsWithoutBill, DetailsOfSeveralBills: when details cannot be given to a bill.
        JsonRefused: when an answer has another shape.
    """
    answers = [each for each in documents if isinstance(each, Mapping)]
    bills = {_number(bill): bill for answer in answers for bill in _listed(answer, BILLS)}
    details: dict[str, list[Row]] = {}
    for answer in answers:
        for detail in _listed(answer, DETAILS):
            number = _bill_of(detail, answer, list(bills))
            details.setdefault(number, []).append(detail)
    rows: list[Row] = []
    notes: list[str] = []
    for number, bill in bills.items():
        head = {name: bill.get(name) for name in FROM_BILL}
        if number not in details:
            notes.append(
                _("請求 {number} には明細がないので、合計を一行で取り込みました。").format(number=number)
            )
            rows.append({**head, "Amount": bill.get("Amount"), "Description": _("請求の合計")})
            continue
        rows += [{**detail, **head} for detail in details[number]]
        notes += _difference(number, bill, details[number])
    return SakuraFile(tuple(rows), tuple(notes))


def _listed(answer: Mapping[str, Any], name: str) -> list[Row]:
    found = answer.get(name) or []
    if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
        raise JsonRefused(1, _("{name} が一覧ではありません").format(name=name))
    return [dict(flat(each)) for each in found]


def _number(bill: Row) -> str:
    return str(bill.get("BillID") or "")


def _bill_of(detail: Row, answer: Mapping[str, Any], numbers: Sequence[str]) -> str:
    """Return the number of the bill that a detail belongs to."""
    named = detail.get("BillID") or answer.get("BillID")
    if named is not None and str(named) in numbers:
        return str(named)
    if not numbers:
        raise DetailsWithoutBill
    if len(numbers) > 1:
        raise DetailsOfSeveralBills(numbers)
    return numbers[0]


def _difference(number: str, bill: Row, details: Sequence[Row]) -> list[str]:
    """Say by how much the details miss the bill's amount, where they do."""
    try:
        total = sum((Decimal(str(each.get("Amount"))) for each in details), Decimal(0))
        billed = Decimal(str(bill.get("Amount")))
    except InvalidOperation:
        return []
    if total == billed:
        return []
    return [
        _(
            "請求 {number} の金額 {billed} 円と明細の合計 {total} 円が違います。"
            "明細のとおりに取り込みました。「請求書との突き合わせ」で確かめてください。"
        ).format(number=number, billed=f"{billed:,f}", total=f"{total:,f}")
    ]
