"""Columns by which tables of statistics are recognised, and what their cells mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from yui.governance.statistics.formats.contents import AreaReader, Cell, Refusal, SeriesContent, storable
from yui.governance.statistics.formats.periods import DAY, FISCAL_YEAR, MONTH
from yui.kernel.exchange.errors import Text
from yui.kernel.exchange.formats.headers import Expected

AREA_CODE, AREA_NAME, PERIOD, VALUE = "area_code", "area_name", "period", "value"
SERIES_CODE, SERIES_TITLE, UNIT = "series_code", "series_title", "unit"

EXPECTED = (
    Expected(
        AREA_CODE,
        ("地域コード", "団体コード", "全国地方公共団体コード", "市区町村コード", "自治体コード",
         "area_code", "area", "area code"),
    ),
    Expected(
        AREA_NAME,
        ("地域", "地域名", "区", "区名", "自治体", "自治体名", "市区町村", "市区町村名", "団体名",
         "area_name"),
    ),
    Expected(
        PERIOD,
        ("期間", "年", "年度", "年月", "時点", "調査年", "月", "年次", "日付",
         "time", "period", "year", "date"),
    ),
    Expected(VALUE, ("値", "数値", "実数", "value")),
    Expected(SERIES_CODE, ("系列コード", "指標コード", "series_code", "series", "series code")),
    Expected(
        SERIES_TITLE,
        ("系列", "系列名", "指標", "指標名", "項目", "項目名", "series_title", "name of the series"),
    ),
    Expected(UNIT, ("単位", "unit")),
)  # fmt: skip

AREA_UNKNOWN: Text = _("地域が分かりません。全国地方公共団体コードか地域の名前にしてください。")
PERIOD_UNKNOWN: Text = _("期間が分かりません。2023年、令和5年度、2023-05 のように書いてください。")
TWICE: Text = _("同じ系列の同じ地域と期間に、違う値があります。どちらかを除いてください。")
LONGEST_SHOWN = 120


def hint_of(heading: str, wanted: str) -> str:
    """Return the frequency that bare years of a column have: the wanted one, or fiscal years under 年度."""
    return wanted or (FISCAL_YEAR if heading.strip().endswith("年度") else "")


def shown(cells: Sequence[str | None]) -> str:
    """Return what stands in some cells, for a refusal."""
    return "、".join(filter(None, cells))[:LONGEST_SHOWN]


@dataclass
class Areas:
    """Areas of a file: each text is looked up once."""

    area_of: AreaReader
    known: dict[str, str | None] = field(default_factory=dict)

    def find(self, *texts: str | None) -> str | None:
        """Return the code of the first text that means an area."""
        for text in filter(None, texts):
            if text not in self.known:
                self.known[text] = self.area_of(text)
            if (code := self.known[text]) is not None:
                return code
        return None


def as_months(series: SeriesContent) -> None:
    """Take days for months where all are first days, as workbooks write months."""
    if series.frequency == DAY and all(cell.starts_on.day == 1 for cell in series.cells):
        series.frequency = MONTH


@dataclass
class Gathering:
    """Series and refusals of a table while it is read; ``unused`` are headings of columns not read."""

    series: dict[tuple[str, str, str], SeriesContent] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    unused: tuple[str, ...] = ()

    def add(self, code: str, title: str, unit: str, frequency: str, cell: Cell) -> None:
        """Add a figure to its series."""
        key = (code, title, frequency)
        if key not in self.series:
            self.series[key] = SeriesContent(code, title, unit, frequency)
        found = self.series[key]
        if unit and found.unit and unit != found.unit:
            self.refuse(cell.row, unit, _("単位が、同じ系列のほかの行と違います。"))
            return
        found.unit = found.unit or unit
        found.cells.append(cell)

    def refuse(self, row: str, what: str, why: Text) -> None:
        """Note what was not read."""
        self.refusals.append(Refusal(row, storable(what)[:LONGEST_SHOWN], why))
