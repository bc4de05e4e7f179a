"""The 契約・支出 ledger: what a ward pays for its systems outside the cloud bills.

One line is one payment. It becomes one FOCUS row in yen, so that a single store holds all six 経費区分:
billed and effective cost are the amount with tax, the billing period is the month of the payment, and the
charge period is the 期間 of the line (the month of the payment where it has none).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import DateNotUnderstood, FiscalYear, Month, Period, parse_date
from yui.kernel.exchange.formats.headers import Expected, match_headings
from yui.kernel.exchange.formats.tabular import read_table
from yui.kernel.money import AmountNotUnderstood, parse_yen
from yui.transition.costs.formats.errors import ColumnsMissing
from yui.transition.costs.formats.problems import RowProblem

COLUMNS = (
    Expected("year", ("年度", "会計年度"), required=True),
    Expected("code", ("団体コード", "全国地方公共団体コード"), required=True),
    Expected("account", ("会計", "会計区分", "会計名")),
    Expected("item", ("款項目", "予算科目")),
    Expected("detail", ("節細節", "節・細節")),
    Expected("contract", ("契約番号", "契約No")),
    Expected("vendor", ("事業者", "事業者名", "契約相手方", "支払先"), required=True),
    Expected("business", ("業務コード", "業務")),
    Expected("system", ("システムコード", "システム管理番号", "管理番号")),
    Expected("category", ("経費区分",), required=True),
    Expected("amount", ("税込額", "支払額", "金額"), required=True),
    Expected("paid_on", ("支払日", "支出日"), required=True),
    Expected("period", ("期間", "対象期間")),
    Expected("text", ("件名", "摘要", "内容")),
)
TITLES = {column.key: column.names[0] for column in COLUMNS}
LEDGER_PART = "契約・支出台帳 / "
"""What the parts of a ledger begin with; the account follows."""
CATEGORIES: Mapping[str, str] = {
    "クラウド利用料": "cloud",
    "クラウド": "cloud",
    "通信回線": "line",
    "回線": "line",
    "運用管理補助": "operation",
    "運用": "operation",
    "ソフトウェア利用・保守": "software",
    "ソフトウェア": "software",
    "保守": "software",
    "データ連携": "data_link",
    "移行経費": "migration",
    "移行経費(一時)": "migration",
    "移行": "migration",
    "その他": "other",
}
_BETWEEN = re.compile(r"[〜～~]|(?<=[0-9日月])\s*(?:-|–|—|/)\s*(?=(?:20|令和|R)\d)|から|→")
GENERAL_ACCOUNT = "一般会計"
MIDNIGHT = time()


@dataclass(frozen=True)
class LedgerFile:
    """The FOCUS rows of a ledger, and what could not be read."""

    rows: tuple[dict[str, Any], ...]
    problems: tuple[RowProblem, ...]
    rows_read: int


class CellRefused(ValueError):
    """A cell cannot be read: the key of its column and what is wrong."""

    def __init__(self, key: str, message: str) -> None:
        self.key, self.message = key, message
        super().__init__(message)


def is_ledger(header: tuple[str, ...]) -> bool:
    """Tell whether the columns are those of a ledger."""
    return not match_headings(header, COLUMNS).missing


def read_ledger(path: Path, organisation_code: str) -> LedgerFile:
    """Read a ledger in CSV or XLSX; a line of another organisation is refused.

    Raises:
        FileRefused: when the file is no table, or lacks a column.
    """
    table = read_table(path, expected=COLUMNS)
    match = match_headings(table.header, COLUMNS)
    if match.missing:
        raise ColumnsMissing(TITLES[key] for key in match.missing)
    rows, problems, read = [], [], 0
    for number, cells in table.rows():
        read += 1
        line = {
            key: (cells[position] or "").strip() if position < len(cells) else ""
            for position, key in match.positions.items()
        }
        try:
            rows.append(_focus_row(line, organisation_code))
        except CellRefused as error:
            problems.append(RowProblem(number, TITLES[error.key], line.get(error.key, ""), error.message))
    return LedgerFile(tuple(rows), tuple(problems), read)


def _focus_row(line: Mapping[str, str], organisation_code: str) -> dict[str, Any]:
    if line["code"].removesuffix(".0") not in {organisation_code, organisation_code[:5]}:
        raise CellRefused("code", _("取り込み先の団体のコードではありません。"))
    paid_on, amount = _day("paid_on", line["paid_on"]), _yen(line["amount"])
    month, charged = Month.of(paid_on), _period(line.get("period", ""), paid_on)
    vendor, account = _text("vendor", line["vendor"]), line.get("account") or GENERAL_ACCOUNT
    year = _fiscal_year(line["year"])
    billed = Period.of_month(month)
    return {
        "BilledCost": amount,
        "EffectiveCost": amount,
        "ListCost": amount,
        "ContractedCost": amount,
        "BillingCurrency": "JPY",
        "BillingAccountId": account,
        "BillingAccountName": account,
        "BillingPeriodStart": _midnight(billed.start),
        "BillingPeriodEnd": _midnight(billed.end),
        "ChargePeriodStart": _midnight(charged.start),
        "ChargePeriodEnd": _midnight(charged.end),
        "ChargeCategory": "Purchase",
        "ChargeDescription": line.get("text") or line["category"],
        "ServiceName": line.get("text") or line["category"],
        "ServiceCategory": "Other",
        "ServiceProviderName": vendor,
        "InvoiceIssuerName": vendor,
        "x_month": str(month),
        "x_part": f"{LEDGER_PART}{account}"[:180],
        "x_provider": vendor,
        "x_cost_category": _category(line["category"]),
        "x_tag_system": line.get("system") or None,
        "x_tag_business": line.get("business") or None,
        "x_contract_number": line.get("contract") or None,
        "x_account": account,
        "x_budget_item": line.get("item") or None,
        "x_budget_detail": line.get("detail") or None,
        "x_fiscal_year": str(year.year),
    }


def _midnight(day: date) -> datetime:
    """Return the instant at which a day of the billing calendar starts, as FOCUS writes it (UTC)."""
    return datetime.combine(day, MIDNIGHT)


def _text(key: str, text: str) -> str:
    if not text:
        raise CellRefused(key, _("値がありません。この列は必ず入れてください。"))
    return text


def _category(text: str) -> str:
    code = CATEGORIES.get(text.replace(" ", "").replace("　", ""))
    if code is None:
        raise CellRefused(
            "category",
            _("経費区分を知りません。{names} のどれかを書いてください。").format(
                names="、".join(
                    [
                        "クラウド利用料",
                        "通信回線",
                        "運用管理補助",
                        "ソフトウェア利用・保守",
                        "データ連携",
                        "その他",
                    ]
                )
            ),
        )
    return code


def _yen(text: str) -> Decimal:
    try:
        amount = parse_yen(text)
    except AmountNotUnderstood as error:
        raise CellRefused("amount", str(error)) from error
    if amount is None:
        raise CellRefused("amount", _("金額がありません。税込の金額を円で書いてください。"))
    return Decimal(amount)


def _day(key: str, text: str) -> date:
    try:
        day = parse_date(text)
    except DateNotUnderstood as error:
        raise CellRefused(key, str(error)) from error
    if not 2000 <= day.year < 2100:
        raise CellRefused(key, _("年が範囲の外です。2000年から2099年までの日時を書いてください。"))
    return day


def _fiscal_year(text: str) -> FiscalYear:
    try:
        return FiscalYear.parse(text.removesuffix(".0"))
    except DateNotUnderstood as error:
        raise CellRefused("year", str(error)) from error


def _period(text: str, paid_on: date) -> Period:
    """Return the days that a payment is for: ``2026-04〜2027-03``, two dates, one month, or the payment's."""
    if not text:
        return Period.of_month(Month.of(paid_on))
    ends = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    try:
        if len(ends) == 1:
            return Period.of_month(Month.parse(ends[0]))
        if len(ends) == 2:
            return Period(parse_date(ends[0]), _end(ends[1]))
    except (DateNotUnderstood, ValueError) as error:
        raise CellRefused("period", str(error)) from error
    raise CellRefused("period", _("期間を読めません。2026-04〜2027-03 のように書いてください。"))


def _end(text: str) -> date:
    """Return the day after the last day; a month alone runs to its end."""
    try:
        return Month.parse(text).next().first_day
    except DateNotUnderstood:
        return parse_date(text) + timedelta(days=1)
