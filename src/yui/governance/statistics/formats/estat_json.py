"""The JSON that the API of e-Stat (政府統計の総合窓口) answers to ``getStatsData``, version 3.0.

One table holds figures by item (``tab``), up to fifteen classes (``cat01`` …), area and time; here each
combination of item and classes becomes a series, and each length of period too. Elements that may occur
several times stand alone, not in a list, where they occur once.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yui.governance.statistics.formats.codes import code_of, digest
from yui.governance.statistics.formats.contents import (
    MOST_VALUES,
    AreaReader,
    Cell,
    FileContent,
    Refusal,
    SeriesContent,
    storable,
    without_repetitions,
)
from yui.governance.statistics.formats.errors import EstatSaysNo, NoFigures, NotJson, TooManyFigures
from yui.governance.statistics.formats.figures import FigureRejected, read_figure
from yui.governance.statistics.formats.periods import Period, read_estat_time
from yui.kernel.exchange.errors import Text

ROOT = "GET_STATS_DATA"
AREA, TIME, ITEM = "area", "time", "tab"
LONGEST_TITLE, LONGEST_UNIT, LONGEST_SHOWN = 200, 40, 120
_TWICE = _("同じ系列の同じ地域と期間に、違う値があります。どちらかを除いてください。")


@dataclass(frozen=True)
class _Class:
    """One dimension of the table: names and units by code, in the order of the file."""

    name: str
    names: dict[str, str]
    units: dict[str, str]


def read_estat_json(text: str, area_of: AreaReader) -> FileContent:
    """Read an answer of ``getStatsData``.

    Args:
        text: the JSON.
        area_of: tells the official code of an area; unknown ones are refused one by one.

    Raises:
        NotJson: when the text is no such answer.
        EstatSaysNo: when the answer is an error, with what e-Stat says.
        NoFigures: when no figure can be read.
        TooManyFigures: beyond ``MOST_VALUES``.
    """
    answer = _answer(text)
    result = _section(answer, "RESULT")
    if str(result.get("STATUS")) != "0":
        raise EstatSaysNo(str(result.get("STATUS", "?"))[:10], _text(result.get("ERROR_MSG"))[:300])
    data = _section(answer, "STATISTICAL_DATA")
    table = _section(data, "TABLE_INF")
    found = _section(data, "DATA_INF")
    values = _list(found.get("VALUE"))
    if len(values) > MOST_VALUES:
        raise TooManyFigures(MOST_VALUES)
    classes = _classes(_section(data, "CLASS_INF"))
    signs = frozenset(_text(each.get("@char")).strip() for each in _dicts(found.get("NOTE")))
    reading = _Reading(_text(table.get("@id")) or digest(text), table, classes, signs - {""}, area_of)
    reading.take(values)
    if not reading.series:
        raise NoFigures
    publication = _text(table.get("STAT_NAME")) or _text(table.get("STATISTICS_NAME"))
    return FileContent(
        file_format="estat-json",
        series=tuple(reading.finished()),
        refusals=tuple(reading.refusals),
        notes=tuple(_notes(data, table)),
        source_code=code_of("estat", reading.table_id),
        source_title=publication[:LONGEST_TITLE] or _text(table.get("TITLE"))[:LONGEST_TITLE],
        publisher=_text(table.get("GOV_ORG"))[:120],
    )


class _Reading:
    """The figures of one table on their way into series."""

    def __init__(
        self,
        table_id: str,
        table: dict[str, Any],
        classes: dict[str, _Class],
        signs: frozenset[str],
        area_of: AreaReader,
    ) -> None:
        self.table_id = table_id
        self.title = _text(table.get("TITLE")) or _text(table.get("STATISTICS_NAME"))
        self.classes = classes
        self.signs = signs
        self.area_of = area_of
        self.dimensions = [key for key in classes if key not in (AREA, TIME)]
        self.series: dict[tuple[str, ...], SeriesContent] = {}
        self.refusals: list[Refusal] = []
        self._areas: dict[str, str | None] = {}
        self._periods: dict[str, Period | None] = {}

    def take(self, values: Sequence[Any]) -> None:
        """Read every figure."""
        for number, value in enumerate(values):
            row = f"VALUE[{number}]"
            problem = self._take(row, value) if isinstance(value, dict) else _("値の形が正しくありません。")
            if problem is not None:
                what = storable(json.dumps(value, ensure_ascii=False))[:LONGEST_SHOWN]
                self.refusals.append(Refusal(row, what, problem))

    def _take(self, row: str, value: dict[str, Any]) -> Text | None:
        """Read one figure; return why it is refused, None where it is not."""
        area_text, time = _text(value.get("@area")), _text(value.get("@time"))
        area = self._area(area_text)
        if area is None:
            return _("地域が分かりません。全国地方公共団体コードか地域の名前にしてください。")
        period = self._period(time)
        if period is None:
            return _("期間が分かりません。年、年度、四半期、月、日のどれかにしてください。")
        try:
            figure = read_figure(_text(value.get("$")), self.signs)
        except FigureRejected as error:
            return error.why
        if figure is None:
            return None
        codes = tuple(_text(value.get(f"@{each}")) for each in self.dimensions)
        series = self._series(codes, period[1], value)
        unit = self._unit(codes, value)
        if unit != series.unit:
            return format_lazy(
                _("単位が「{unit}」で、系列の「{other}」と違います。"), unit=unit, other=series.unit
            )
        series.cells.append(Cell(area, period[0], figure, row))
        return None

    def _area(self, code: str) -> str | None:
        if code not in self._areas:
            name = self.classes[AREA].names.get(code, "") if AREA in self.classes else ""
            # A table without areas speaks of the whole country.
            whole = "00000" if AREA not in self.classes and not code else code
            self._areas[code] = self.area_of(whole) or (self.area_of(name) if name else None)
        return self._areas[code]

    def _period(self, code: str) -> Period | None:
        if code not in self._periods:
            name = self.classes[TIME].names.get(code, "") if TIME in self.classes else ""
            self._periods[code] = read_estat_time(code, name)
        return self._periods[code]

    def _series(self, codes: tuple[str, ...], frequency: str, value: dict[str, Any]) -> SeriesContent:
        key = (*codes, frequency)
        if key not in self.series:
            names = [
                self.classes[dimension].names.get(code, code)
                for dimension, code in zip(self.dimensions, codes, strict=True)
                if len(self.classes[dimension].names) > 1
            ]
            title = f"{self.title}({'、'.join(names)})" if names else self.title
            self.series[key] = SeriesContent(
                code=code_of("estat", self.table_id, *codes),
                title=title[:LONGEST_TITLE] or self.table_id,
                unit=self._unit(codes, value),
                frequency=frequency,
            )
        return self.series[key]

    def _unit(self, codes: tuple[str, ...], value: dict[str, Any]) -> str:
        """Return the unit: of the figure, else of its item, else of one of its classes."""
        written = _text(value.get("@unit"))
        pairs = sorted(zip(self.dimensions, codes, strict=True), key=lambda pair: pair[0] != ITEM)
        units = (self.classes[dimension].units.get(code, "") for dimension, code in pairs)
        return (written or next(filter(None, units), ""))[:LONGEST_UNIT]

    def finished(self) -> Iterator[SeriesContent]:
        """Yield the series, without contradictions, each with a code of its own."""
        several = Counter(key[:-1] for key in self.series)
        codes: set[str] = set()
        for key, each in self.series.items():
            each.cells, refused = without_repetitions(each.cells, _TWICE)
            self.refusals += refused
            if several[key[:-1]] > 1:
                each.code = code_of(each.code, each.frequency)
            if each.code in codes:
                each.code = code_of(each.code, digest(repr(key)))
            codes.add(each.code)
            yield each


def _answer(text: str) -> dict[str, Any]:
    try:
        whole = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise NotJson from error
    answer = whole.get(ROOT) if isinstance(whole, dict) else None
    if not isinstance(answer, dict):
        raise NotJson
    return answer


def _section(parent: dict[str, Any], name: str) -> dict[str, Any]:
    found = parent.get(name)
    if not isinstance(found, dict):
        raise NotJson
    return found


def _list(found: Any) -> list[Any]:
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def _dicts(found: Any) -> list[dict[str, Any]]:
    return [each for each in _list(found) if isinstance(each, dict)]


def _text(found: Any) -> str:
    """Return an element's text: itself, or ``$`` where it has attributes."""
    if isinstance(found, dict):
        found = found.get("$")
    return storable(found) if isinstance(found, str) else ""


def _classes(section: dict[str, Any]) -> dict[str, _Class]:
    """Return the dimensions of the table by their ids."""
    found = {}
    for each in _dicts(section.get("CLASS_OBJ")):
        items = _dicts(each.get("CLASS"))
        names = {_text(item.get("@code")): _text(item.get("@name")) for item in items}
        units = {_text(item.get("@code")): _text(item.get("@unit")) for item in items}
        found[_text(each.get("@id"))] = _Class(_text(each.get("@name")), names, units)
    return found


def _notes(data: dict[str, Any], table: dict[str, Any]) -> Iterator[Text]:
    """Tell what the reader should know: when the table was renewed, and whether it is whole."""
    if updated := _text(table.get("UPDATED_DATE"))[:10]:
        yield format_lazy(_("e-Statでの更新日は {day} です。"), day=updated)
    if cycle := _text(table.get("CYCLE"))[:40]:
        yield format_lazy(_("調査の周期は「{cycle}」です。"), cycle=cycle)
    counts = data.get("RESULT_INF")
    if isinstance(counts, dict) and counts.get("NEXT_KEY"):
        yield format_lazy(
            _("この応答は表の一部です({last} / {total} 件)。続きも取得して取り込んでください。"),
            last=_text(counts.get("TO_NUMBER")),
            total=_text(counts.get("TOTAL_NUMBER")),
        )
