"""Records like a whole text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yui.kernel.policy import Actor, ActorKind, Membership, Role
from yui.kernel.search.indexing import rebuild, store
from yui.kernel.search.public import similar
from yui.kernel.search.tests.conftest import Shelf

SYSTEM = Actor.system("test")
QUESTION = "介護保険のシステム標準化で、移行データの検証はどこまでやればよいですか。\n外字が心配です。"


def identifiers(hits) -> list[str]:
    """Identifiers of the records, in order."""
    return [hit.urn.rpartition(":")[2] for hit in hits]


@pytest.fixture
def questions(systems) -> Shelf:
    systems.put("same", title="介護保険の移行データを検証する範囲", body="外字の確認もする。")
    systems.put("near", title="移行データの検証の手順", body="標準化の前に行う。")
    systems.put("far", title="庁舎の空調", body="夏の設定温度について。")
    return systems


def test_the_likest_comes_first_and_scores_say_so(questions):
    hits = similar(SYSTEM, QUESTION)
    assert identifiers(hits) == ["same", "near"]
    assert hits[0].score > hits[1].score > 0
    assert "<mark>" in hits[0].title_html


def test_one_common_word_is_enough(questions):
    assert identifiers(
        similar(SYSTEM, "空調が止まりました。業者への連絡と復旧の見込みを教えてください。")
    ) == ["far"]


def test_the_text_itself_can_be_left_out(questions):
    assert identifiers(similar(SYSTEM, QUESTION, exclude=["yui:registry.system:same"])) == ["near"]


def test_the_number_is_limited(questions):
    assert identifiers(similar(SYSTEM, QUESTION, limit=1)) == ["same"]
    assert len(similar(SYSTEM, QUESTION, limit=0)) == 1


def test_kinds_and_organisations_narrow(shelf):
    systems, bills = shelf("registry.system"), shelf("costs.bill")
    systems.put("a", title="介護保険", organisation_code="131032")
    systems.put("b", title="介護保険", organisation_code="131041")
    bills.put("c", title="介護保険", organisation_code="131032")
    assert set(identifiers(similar(SYSTEM, "介護保険"))) == {"a", "b", "c"}
    assert identifiers(similar(SYSTEM, "介護保険", kinds=["costs.bill"])) == ["c"]
    assert identifiers(similar(SYSTEM, "介護保険", organisations=["131041"])) == ["b"]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("131032",), {"own", "shared", "wards", "public"}),
        (("131041",), {"shared", "wards", "public"}),
        (("131059",), {"wards", "public"}),
        ((), {"public"}),
    ],
)
def test_nobody_meets_what_may_not_be_seen(systems, codes, expected):
    systems.put("own", title="移行データの検証", visibility="own")
    systems.put("shared", title="移行データの検証", visibility="participants", participant_codes=("131041",))
    systems.put("wards", title="移行データの検証", visibility="wards")
    systems.put("public", title="移行データの検証", visibility="public")
    memberships = tuple(Membership(int(code), code, Role.VIEWER, "ward") for code in codes)
    assert set(identifiers(similar(Actor(ActorKind.PERSON, 1, "P", memberships), QUESTION))) == expected


def test_the_telling_words_of_a_long_text_decide(systems):
    for number in range(30):
        systems.put(str(number), title=f"会議の記録{number}", body="会議で予算と日程を確認した。")
    systems.put("rare", title="外字の同定", body="文字情報基盤と照らす。")
    text = "会議で予算と日程を確認した。" * 400 + "外字を文字情報基盤と同定したい。"
    assert identifiers(similar(SYSTEM, text, limit=1)) == ["rare"]


@pytest.mark.parametrize(
    "text", ["", " ", "、。", "\x00\ud800", "zzz", "の", "💥" * 9000, "契約 AND (" * 2000]
)
def test_texts_that_say_nothing_find_nothing(questions, text):
    assert similar(SYSTEM, text) == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_no_text_fails(questions, text):
    assert all(hit.score > 0 for hit in similar(SYSTEM, text))


def test_a_broken_index_finds_nothing_and_breaks_nothing(questions):
    rebuild()
    store().forget()
    for file in store().root.glob("generation-*/*"):
        file.write_bytes(b"rubbish")
    similar(SYSTEM, QUESTION)
