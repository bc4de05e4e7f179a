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
