"""The tile map, the matrix and the timeline."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.calendar_jp import Month
from yui.kernel.charts import (
    Matrix,
    MatrixCell,
    MatrixRow,
    MatrixState,
    Tile,
    TileMap,
    Timeline,
    TimelineBar,
    TimelineRow,
)
from yui.kernel.charts.engine.tiles import GEOMETRY, PLACES
from yui.kernel.charts.tests.strategies import SVG, parsed, texts

days = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31))
DONE = MatrixState("done", "●", "移行済み", "good")
LATE = MatrixState("late", "▲", "遅れ", "bad")


def tile(code, **options):
    return Tile(
        **{"code": code, "name": "港区", "value_text": "1", "level": 0, "url": f"/{code}/", **options}
    )


def test_the_geometry_has_every_ward_once():
    codes = [code for row in GEOMETRY for code in row if code]
    assert len(codes) == len(set(codes)) == 23
    assert {code[:5] for code in codes} == {str(13101 + number) for number in range(23)}
    assert [next(i for i, code in enumerate(row) if code) for row in GEOMETRY] == [2, 1, 0, 1, 2, 3]


def test_tiles_stand_in_their_places_in_reading_order():
    root = parsed(TileMap(title="図", tiles=tuple(map(tile, sorted(PLACES)))).draw())
    tiles = [node for node in root.iter("a") if node.get("class") == "tile"]
    places = [(int(node.get("data-row")), int(node.get("data-column"))) for node in tiles]
    assert places == sorted(PLACES.values())
    assert [PLACES[node.get("href").strip("/")] for node in tiles] == places


def test_a_tile_shows_name_value_course_and_status():
    chart = TileMap(title="図", tiles=(tile("131032", value_text="12%", trend=(1, None, 2), status="late"),))
    node = parsed(chart.draw()).find("ul/li/a")
    words = "".join(node.itertext())
    assert "港" in words and "港区" not in words and "12%" in words and "遅れ" in words
    assert node.find(f"{SVG}svg") is not None or node.find("svg") is not None
    assert chart.as_table().rows == (("港区", "12%", "遅れ"),)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("港区", "港"), ("Edogawa City", "Edogawa"), ("区", "区"), ("区部", "区部"), ("City Hall", "City Hall")],
)
def test_a_small_map_leaves_out_what_all_wards_are_called(name, shown):
    chart = TileMap(title="図", tiles=(tile("131032", name=name),))
    (node,) = [each for each in parsed(chart.draw()).iter("span") if each.get("class") == "tile-name"]
    assert node.text == shown
    assert chart.as_table().rows[0][0] == name


def test_a_tile_without_data_says_so():
    chart = TileMap(title="図", tiles=(tile("131032", value_text="", level=None, url=""),))
    node = parsed(chart.draw()).find("ul/li/div")
    assert node.get("data-level") == "none"
    assert "データなし" in "".join(node.itertext())
    assert chart.as_table().rows == (("港区", "データなし", "データなし"),)


@pytest.mark.parametrize("wrong", [{"code": "132012"}, {"level": 5}, {"level": -1}, {"status": "fine"}])
def test_tiles_that_cannot_be(wrong):
    with pytest.raises(ValueError, match=r"special ward|level|status"):
        tile(**{"code": "131032", **wrong})


def test_a_matrix_shows_signs_and_tells_words():
    rows = (MatrixRow("港区", (MatrixCell("done", "/m/"), MatrixCell(None)), "/w/"),)
    chart = Matrix(title="状況", row_label="区", columns=("戸籍", "就学"), rows=rows, states=(DONE, LATE))
    root = parsed(chart.draw())
    cells = root.findall(".//td")
    assert [cell.get("data-tone") for cell in cells] == ["good", "none"]
    assert ["".join(cell.itertext()) for cell in cells] == ["●移行済み", "データなし"]
    assert cells[0].find("a").get("href") == "/m/"
    assert [head.get("scope") for head in root.iter("th")] == ["col", "col", "col", "row"]
    legend = ["".join(item.itertext()) for item in root.findall("ul/li")]
    assert legend == ["●移行済み 1", "▲遅れ 0", "データなし 1"]
    assert chart.as_table().rows == (("港区", "移行済み", "データなし"),)


def test_matrices_that_contradict_themselves_are_refused():
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        Matrix(title="", columns=("a", "b"), rows=(MatrixRow("r", (MatrixCell(None),)),), states=())
    with pytest.raises(ValueError, match="no state called"):
        Matrix(title="", columns=("a",), rows=(MatrixRow("r", (MatrixCell("x"),)),), states=(DONE,))
    with pytest.raises(ValueError, match="tone"):
        MatrixState("x", "x", "x", "pink")


@given(st.lists(st.tuples(days, days), max_size=12))
def test_bars_of_a_track_never_overlap(spans):
    bars = tuple(TimelineBar(min(span), max(span), f"契約{index}") for index, span in enumerate(spans))
    row = TimelineRow("港区", bars)
    assert sorted(bar.name for track in row.tracks for bar in track) == sorted(bar.name for bar in bars)
    for track in row.tracks:
        assert all(before.end < after.start for before, after in pairwise(track))
    chart = Timeline(title="契約", rows=(row,))
    shapes = [node for node in parsed(chart.draw()).iter(f"{SVG}rect") if node.get("class") == "fill"]
    assert len(shapes) == len(chart.as_table().rows) == len(bars)


def test_a_timeline_marks_today_and_leaves_out_what_lies_beyond():
    bars = (
        TimelineBar(datetime.date(2024, 4, 1), datetime.date(2025, 3, 31), "前の契約"),
        TimelineBar(datetime.date(2026, 4, 1), datetime.date(2027, 3, 31), "今の契約"),
    )
    chart = Timeline(
        title="契約",
        rows=(TimelineRow("港区", bars),),
        first=Month(2026, 4),
        last=Month(2027, 3),
        today=datetime.date(2026, 11, 23),
    )
    written = texts(parsed(chart.draw()))
    assert "今日" in written and "今の契約" in written and "前の契約" not in written
    assert "2026年度(令和8年度)" in written


def test_a_bar_ends_after_it_starts():
    with pytest.raises(ValueError, match="before its start"):
        TimelineBar(datetime.date(2026, 4, 2), datetime.date(2026, 4, 1), "契約")
