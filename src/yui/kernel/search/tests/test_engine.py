"""Folding, terms and quotations."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.search.engine.folding import fold, fold_with_positions, runs
from yui.kernel.search.engine.likeness import gist
from yui.kernel.search.engine.morphemes import words
from yui.kernel.search.engine.queries import any_query, strict_query, tolerant_query
from yui.kernel.search.engine.questions import understand
from yui.kernel.search.engine.quotation import Marks, excerpt, is_one_edit_away, marked
from yui.kernel.search.engine.readings import split_reading


def forms(text):
    """Normalised forms of the words of a text."""
    return [word.form for word in words(text)]


def test_spellings_fold_to_one_text():
    assert fold("ｻｰﾊﾞｰ") == fold("サーバー") == fold("さーばー")
    assert fold("ＦＯＣＵＳ") == fold("focus")
    assert fold("①㈱") == "1(株)"


def test_normalised_words_meet():
    assert forms("打合せ") == forms("打ち合わせ")
    assert forms("住民の記録") == ["住民", "記録"]


def test_runs_keep_the_long_vowel_inside_a_word():
    assert runs(fold("サーバー・ネットワーク")) == ["さーばー", "ねっとわーく"]


def test_a_text_longer_than_the_analyser_takes():
    assert words("住民基本台帳" * 5000)[-1].end == 30_000


@given(st.text(max_size=60))
def test_positions_stay_inside_the_text(text):
    folded, positions = fold_with_positions(text)
    assert len(positions) == len(folded) + 1
    assert positions == sorted(positions)
    assert positions[-1] == len(text)


@given(st.text(max_size=80), st.text(min_size=1, max_size=3))
def test_a_quotation_is_the_text_and_nothing_else(text, needle):
    html = marked(text, Marks([fold(needle)]))
    assert set(re.findall(r"<[^>]*>", html)) <= {"<mark>", "</mark>"}
    assert unescape(html.replace("<mark>", "").replace("</mark>", "")) == unescape(text) or "&" in text
    assert html.count("<mark>") == html.count("</mark>")


def test_a_quotation_marks_across_widths_and_escapes():
    assert marked("<b>ﾏｲﾅﾝﾊﾞｰ</b>", Marks([fold("マイナンバー")])) == "&lt;b&gt;<mark>ﾏｲﾅﾝﾊﾞｰ</mark>&lt;/b&gt;"


def test_a_quotation_marks_another_spelling():
    assert "<mark>打合せ</mark>" in marked("定例の打合せ", Marks(["うちあわせ"], {"打ち合わせ"}))


def test_an_excerpt_shows_the_place_that_matters():
    text = "前置き。" * 200 + "証明書の期限切れ" + "後書き。" * 200
    html = excerpt(text, Marks([fold("期限切れ")]))
    assert "<mark>期限切れ</mark>" in html
    assert html.startswith("…") and html.endswith("…")
    assert len(html) < 200


@given(st.text(max_size=300), st.integers(0, 2))
def test_every_text_makes_queries(text, documents):
    def frequency(suffix, term):
        return documents

    question = understand(text, [("介護保険", "介保")])
    if not question.is_empty:
        strict_query(question, frequency)
        tolerant_query(question, frequency)
    found = gist(text, frequency, 10)
    any_query(found.words, found.pairs)


def test_synonyms_stand_in_both_directions():
    pairs = [("介護保険", "介保")]
    assert understand("介保の締切", pairs).words == (("介保の締切", "介護保険の締切"),)
    assert understand("介護保険", pairs).words == (("介護保険", "介保"),)


def test_a_synonym_is_not_put_into_itself():
    pairs = [("後期", "後期高齢者医療")]
    assert understand("後期高齢者医療", pairs).words == (("後期高齢者医療", "後期"),)
    assert understand("後期の保険料", pairs).words == (("後期の保険料", "後期高齢者医療の保険料"),)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("かいごほけん", ("かいご", "ほけん")),
        ("かいごのほけんりょう", ("かいご", "ほけん", "りょう")),
        ("かいごの", ()),
        ("のかいご", ()),
        ("よさん", ("よさん",)),
        ("かいごひ", ("かいご", "ひ")),
        ("みしらぬ", ()),
    ],
)
def test_kana_split_into_known_readings(typed, expected):
    known = {"かいご", "ほけん", "りょう", "よさん", "さん", "よ", "ひ", "ほ", "けん"}
    assert split_reading(typed, known.__contains__) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("ネットワーク", "ネットワーコ"), ("サーバー", "サーバ"), ("kubernetes", "kubernets"), ("認証", "証認")],
)
def test_one_edit(one, other):
    assert is_one_edit_away(one, other) and is_one_edit_away(other, one)


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_edit_is_what_trying_all_edits_says(one, other):
    edits = {one[:i] + one[i + 1 :] for i in range(len(one))}
    edits |= {one[:i] + letter + one[i:] for i in range(len(one) + 1) for letter in "abc"}
    edits |= {one[:i] + letter + one[i + 1 :] for i in range(len(one)) for letter in "abc"}
    edits |= {one[:i] + one[i + 1] + one[i] + one[i + 2 :] for i in range(len(one) - 1)}
    assert is_one_edit_away(one, other) == (other in edits - {one})


def test_a_sentence_is_told_from_words():
    assert understand("証明書の期限切れで窓口システムが止まった時は誰に連絡しますか").is_sentence
    assert not understand("窓口システム 証明書").is_sentence


def test_what_only_asks_is_left_out_unless_it_is_all():
    assert understand("窓口はどこですか").forms == ("窓口",)
    assert understand("どこ").forms == ("どこ",)
    assert understand("窓口はどこですか").pairs == ("窓口", "口は")
