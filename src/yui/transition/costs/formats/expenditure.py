"""Files about a municipality's accounts: 歳出総額, and the ministry's 主要財政指標.

Read are our own layout (年度, 団体コード, 歳出総額 with its unit in the heading; CSV or XLSX), the e-Stat
API 3.0 layout (``tab, cat01, area, time, unit, value``; CSV or JSON) and the list of 主要財政指標, which
holds ratios and no total. ``▲`` is a minus sign and ``-`` means none.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import DateNotUnderstood, FiscalYear
from yui.kernel.exchange.formats.headers import Expected, HeaderMatch, match_headings
from yui.kernel.exchange.formats.tabular import TabularFile, read_table
from yui.kernel.money import AmountNotUnderstood, parse_yen, to_decimal
from yui.organisations.public import is_valid_code, with_check_digit
from yui.transition.costs.formats.errors import AmbiguousItem, KindNotRecognised, UnreadableBill
from yui.transition.costs.formats.problems import RowProblem

TOTAL_NAMES = ("歳出総額", "歳出合計", "歳出決算総額", "歳出予算総額", "total_expenditure")
INDICATORS = ("財政力指数", "経常収支比率", "実質公債費比率", "将来負担比率", "ラスパイレス指数")
UNITS = {"円": 1, "千円": 1_000, "万円": 10_000, "百万円": 1_000_000, "億円": 100_000_000}
NONE_MARKS = frozenset({"", "-", "－", "―", "…", "X", "***"})
LARGEST_JSON = 200 * 2**20

_COLUMNS = (
    Expected("code", ("団体コード", "全国地方公共団体コード", "市区町村コード", "code"), required=True),
    Expected("year", ("年度", "会計年度", "fiscal_year")),
    Expected("total", TOTAL_NAMES),
    Expected("kind", ("区分", "決算・予算")),
    *(Expected(name, (name,)) for name in INDICATORS),
    Expected("cat01", ("cat01", "cat01_code", "項目コード")),
    Expected("cat01_name", ("項目", "cat01_name")),
    Expected("area", ("area", "area_code")),
    Expected("time", ("time", "time_code")),
    Expected("unit", ("unit", "単位")),
    Expected("value", ("value", "値")),
)


@dataclass(frozen=True)
class TotalRow:
    """The total of one organisation and fiscal year, in whole yen."""

    row: int
    code: str
    fiscal_year: int
    amount_yen: int
    is_budget: bool = False


@dataclass(frozen=True)
class IndicatorRow:
    """One published indicator of one organisation; the year is ``None`` where the file states none."""

    row: int
    code: str
    name: str
    value: Decimal
    fiscal_year: int | None = None


@dataclass(frozen=True)
class ExpenditureFile:
    """What a file holds.

    Attributes:
        layout: ``yui``, ``estat`` or ``indicators``.
        rows_read: data rows; ``rows_empty`` of them are averages or say that there is no figure.
    """

    layout: str
    rows_read: int
    totals: tuple[TotalRow, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()
    rows_empty: int = 0


class CellRefused(ValueError):
    """A cell cannot be read: the column's heading, the cell, and what is wrong."""

    def __init__(self, column: str, value: str, message: str) -> None:
        self.column, self.value, self.message = column, value, message
        super().__init__(message)


def read_expenditure(path: Path) -> ExpenditureFile:
    """Read a file of totals or indicators, whatever of the known layouts it has.

    Raises:
        FileRefused: when the file is of none of them.
    """
    with path.open("rb") as file:
        begins = file.read(64).lstrip(b"\xef\xbb\xbf \r\n\t")
    if begins.startswith(b"{"):
        return _from_records(_json_records(path))
    table = read_table(path, expected=_COLUMNS)
    match = match_headings(table.header, _COLUMNS)
    keys = set(match.positions.values())
    if {"area", "time", "value"} <= keys:
        return _from_records(_table_records(table, match))
    if {"code", "year", "total"} <= keys:
        return _own_layout(table, match)
    if "code" in keys and keys & set(INDICATORS):
        return _indicators(table, match)
    raise KindNotRecognised


def _cells(match: HeaderMatch, cells: Sequence[str | None]) -> dict[str, str]:
    """Return the cells of a row by the key of their column."""
    return {
        key: (cells[position] or "").strip() if position < len(cells) else ""
        for position, key in match.positions.items()
    }


def _own_layout(table: TabularFile, match: HeaderMatch) -> ExpenditureFile:
    heading = next(table.header[position] for position, key in match.positions.items() if key == "total")
    unit = unit_of(heading)
    totals, problems, read, empty = [], [], 0, 0
    for number, cells in table.rows():
        read += 1
        row = _cells(match, cells)
        if _is_average(row["code"]):
            empty += 1
            continue
        try:
            amount = _amount(heading, row["total"], unit)
            if amount is None:
                empty += 1
                continue
            year = _year("年度", row["year"])
            totals.append(
                TotalRow(
                    number, _code("団体コード", row["code"]), year, amount, "予算" in row.get("kind", "")
                )
            )
        except CellRefused as error:
            problems.append(RowProblem(number, error.column, error.value, error.message))
    notes = (_("金額の単位は {unit} として読みました。").format(unit=_unit_name(unit)),)
    return ExpenditureFile("yui", read, tuple(totals), (), tuple(problems), notes, empty)


def _indicators(table: TabularFile, match: HeaderMatch) -> ExpenditureFile:
    found, problems, read, empty = [], [], 0, 0
    for number, cells in table.rows():
        read += 1
        row = _cells(match, cells)
        if _is_average(row["code"]):
            empty += 1
            continue
        try:
            code = _code("団体コード", row["code"])
            year = _year("年度", row["year"]) if row.get("year") else None
            for name in INDICATORS:
                if row.get(name, "") not in NONE_MARKS:
                    found.append(IndicatorRow(number, code, name, _number(name, row[name]), year))
        except CellRefused as error:
            problems.append(RowProblem(number, error.column, error.value, error.message))
    note = _(
        "このファイルは主要財政指標です。歳出総額は入っていないので、対歳出比率の計算には使えません。"
        "歳出総額は 年度・団体コード・歳出総額 の表か e-Stat の表で取り込んでください。"
    )
    return ExpenditureFile("indicators", read, (), tuple(found), tuple(problems), (note,), empty)


def _is_average(code: str) -> bool:
    """Tell whether a row is no municipality's: an average or a sum, which stands where the code should."""
    return bool(code) and not re.search(r"[0-9]", code)


def _table_records(table: TabularFile, match: HeaderMatch) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in table.rows():
        yield number, _cells(match, cells)


def _json_records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the values of an e-Stat JSON answer, with the names of the items in place."""
    if path.stat().st_size > LARGEST_JSON:
        raise UnreadableBill(_("JSON が大きすぎます"))
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=str, parse_int=str)
        statistical = data["GET_STATS_DATA"]["STATISTICAL_DATA"]
        values = _as_list(statistical["DATA_INF"]["VALUE"])
        names = _class_names(statistical.get("CLASS_INF", {}))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise KindNotRecognised from error
    for number, value in enumerate(values, start=1):
        row = {key.lstrip("@"): str(cell) for key, cell in value.items()}
        row["value"] = row.pop("$", "")
        row["cat01_name"] = names.get(row.get("cat01", ""), "")
        yield number, row


def _class_names(class_info: Mapping[str, Any]) -> dict[str, str]:
    names: dict[str, str] = {}
    for group in _as_list(class_info.get("CLASS_OBJ", [])):
        if group.get("@id") == "cat01":
            names |= {item["@code"]: item["@name"] for item in _as_list(group.get("CLASS", []))}
    return names


def _as_list(value: Any) -> list[Any]:
    """Return a list also where e-Stat writes a single object in its place."""
    return value if isinstance(value, list) else [value]


def _from_records(records: Iterator[tuple[int, dict[str, str]]]) -> ExpenditureFile:
    """Take the 歳出総額 out of e-Stat records."""
    rows = list(records)
    wanted = [(number, row) for number, row in rows if _is_total(row)]
    notes: tuple[str, ...] = ()
    if not wanted:
        items = sorted({row.get("cat01_name") or row.get("cat01", "") for _number, row in rows})
        if len(items) != 1:
            raise AmbiguousItem(items)
        wanted = rows
        notes = (_("項目は一つ({item})だけなので、歳出総額として読みました。").format(item=items[0]),)
    totals, problems, empty = [], [], 0
    for number, row in wanted:
        try:
            amount = _amount("value", row["value"], UNITS.get(row.get("unit", ""), 1_000))
            if amount is None:
                empty += 1
                continue
            totals.append(TotalRow(number, _code("area", row["area"]), _estat_year(row["time"]), amount))
        except CellRefused as error:
            problems.append(RowProblem(number, error.column, error.value, error.message))
    return ExpenditureFile("estat", len(wanted), tuple(totals), (), tuple(problems), notes, empty)


def _is_total(row: Mapping[str, str]) -> bool:
    return any(name in row.get(key, "") for key in ("cat01_name", "cat01") for name in TOTAL_NAMES)


def unit_of(heading: str) -> int:
    """Return the yen of one unit that a heading names in brackets; without one the unit is yen."""
    found = re.search(r"(百万円|千円|万円|億円|円)", heading)
    return UNITS[found.group(1)] if found else 1


def _unit_name(unit: int) -> str:
    return next(name for name, size in UNITS.items() if size == unit)


def _code(column: str, text: str) -> str:
    """Return a six-digit code; a lost leading zero or check digit is put back."""
    digits = text.strip().strip("'").removesuffix(".0")
    if re.fullmatch(r"[0-9]{6}", digits) and is_valid_code(digits):
        return digits
    if re.fullmatch(r"[0-9]{5}", digits):
        return f"0{digits}" if is_valid_code(f"0{digits}") else with_check_digit(digits)
    raise CellRefused(
        column, text, _("団体コードの検査数字が合いません。6桁の全国地方公共団体コードを書いてください。")
    )


def _year(column: str, text: str) -> int:
    try:
        return FiscalYear.parse(text.removesuffix(".0")).year
    except DateNotUnderstood as error:
        raise CellRefused(column, text, str(error)) from error


def _estat_year(text: str) -> int:
    found = re.match(r"\d{4}", text)
    if not found:
        raise CellRefused("time", text, _("年度として読めません。"))
    return int(found.group())


def _amount(column: str, text: str, unit: int) -> int | None:
    """Return whole yen; ``None`` where the cell says that there is no figure."""
    if text in NONE_MARKS:
        return None
    try:
        amount = parse_yen(text, unit)
    except AmountNotUnderstood as error:
        raise CellRefused(column, text, str(error)) from error
    if amount is not None and amount <= 0:
        raise CellRefused(column, text, _("歳出総額は正の金額で書いてください。"))
    return amount


def _number(column: str, text: str) -> Decimal:
    try:
        return to_decimal(text)
    except AmountNotUnderstood as error:
        raise CellRefused(column, text, str(error)) from error
