"""The order of results is the index's alone: the same on every database (the suite runs on both)."""

from yui.kernel.policy import Actor
from yui.kernel.search.public import rebuild, search

SYSTEM = Actor.system("test")
BODY = "窓口で住民の申請を受け付け、システムに入力する。"
QUESTION = "住民記録システムの移行でデータの検証はどこまで必要ですか"


def _fill(systems) -> None:
    """Records that hold more and more of the question, put in an order that says nothing."""
    for number in (7, 2, 11, 5, 0, 9, 3, 12, 6, 1, 10, 4, 8):
        held = "住民記録システムの移行データを検証する。" * number
        systems.put(f"{number:02}", title="記録", body=f"{held}{BODY * (13 - number)}")
    systems.put("title", title="住民記録システムの移行データの検証")


def test_the_ten_best_of_a_sentence(systems):
    _fill(systems)
    expected = ["title", "12", "11", "10", "09", "08", "07", "06", "05", "04"]
    for _again in range(2):
        hits = search(SYSTEM, QUESTION).hits[:10]
        assert [hit.urn.rpartition(":")[2] for hit in hits] == expected
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        rebuild()


def test_equal_records_come_as_the_index_holds_them(systems):
    for number in range(30):
        systems.put(f"{number:02}", title="契約")
    rebuild()
    assert [hit.urn.rpartition(":")[2] for hit in search(SYSTEM, "契約").hits] == [
        f"{number:02}" for number in range(20)
    ]


def test_the_record_in_which_the_words_stand_together_comes_first(systems):
    filler = "会議で日程を確かめた。" * 8
    systems.put("apart", title="記録", body=f"外字を調べた。{filler}同定の手順。{filler}移行の計画。")
    systems.put("close", title="記録", body=f"{filler}移行のとき外字を同定した。{filler}手順。計画。")
    hits = search(SYSTEM, "移行で外字を同定したのはいつですか").hits
    assert [hit.urn.rpartition(":")[2] for hit in hits] == ["close", "apart"]


def test_a_word_of_the_same_meaning_counts_where_the_word_is_missing(systems):
    systems.put("other", title="記録", body="窓口の混雑を調べた。")
    systems.put("same", title="記録", body="窓口の経費を調べた。")
    hits = search(SYSTEM, "窓口のコストを調べたのはいつですか").hits
    assert [hit.urn.rpartition(":")[2] for hit in hits] == ["same", "other"]


def test_the_best_of_the_first_page_stay_before_the_second(systems):
    for number in range(30):
        systems.put(f"{number:02}", title="記録", body="移行。" * (number + 1) + "外字を同定した。")
    pages = [search(SYSTEM, "移行で外字を同定し提出したのはいつですか", page=page) for page in (1, 2)]
    scores = [hit.score for page in pages for hit in page.hits]
    assert scores == sorted(scores, reverse=True)
    assert len({hit.urn for page in pages for hit in page.hits}) == 30
