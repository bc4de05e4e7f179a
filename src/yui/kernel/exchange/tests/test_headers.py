"""Headings: flattened, matched, found."""

import pytest

from yui.kernel.exchange.formats.headers import (
    Expected,
    find_header,
    flatten_headings,
    match_headings,
    normalise_heading,
)


def test_two_and_three_rows_become_one_name():
    rows = [
        ["契約", None, None, "備考", "番号", None],
        ["期間", None, "金額", None, None, None],
        ["開始", "終了", None, None, None, "追記"],
    ]
    assert flatten_headings(rows) == ["契約/期間/開始", "契約/期間/終了", "契約/金額", "備考", "番号", "追記"]


@pytest.mark.parametrize(
    "written", ["契約 開始日", "契約\n開始日", "契約　開始日(必須)", "※契約開始日", "契約開始日*"]
)
def test_marks_and_spaces_do_not_matter(written):
    assert normalise_heading(written) == "契約開始日"


def test_full_width_units_and_aliases_match():
    expected = [Expected("id", ("ＩＤ",)), Expected("yen", ("金額",)), Expected("start", ("契約開始日",))]
    match = match_headings(["id", "金額(税込・円)", "契約/開始日", "その他"], expected)
    assert match.positions == {0: "id", 1: "yen", 2: "start"}
    assert match.unknown == ("その他",)


def test_a_last_part_matches_only_where_it_is_alone():
    expected = [Expected("start", ("開始日",), True)]
    assert match_headings(["契約/開始日"], expected).positions == {0: "start"}
    match = match_headings(["契約/開始日", "保守/開始日"], expected)
    assert match.positions == {}
    assert match.missing == ("start",)


def test_two_columns_of_one_meaning_are_reported():
    match = match_headings(["番号", "No"], [Expected("no", ("番号", "No"))])
    assert match.repeated == (("no", "番号", "No"),)


def test_titles_and_notes_are_passed_over():
    rows = [["情報システム一覧"], [], ["作成: 情報政策課"], ["番号", "名称"], ["1", "住民記録"]]
    found = find_header(rows, [Expected("no", ("番号",)), Expected("name", ("名称",))])
    assert (found.start, found.depth) == (3, 1)
    assert find_header([["題"], ["番号", "名称", "備考"]], []).names == ("番号", "名称", "備考")


def test_nothing_is_no_heading():
    assert find_header([], []) is None
    assert find_header([[None, " "]], [Expected("a", ("a",))]) is None
