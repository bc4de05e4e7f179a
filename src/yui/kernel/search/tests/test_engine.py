"""Folding, terms and quotations."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.search.engine.folding import fold, fold_with_positions, runs
from yui.kernel.search.engine.morphemes import words
from yui.kernel.search.engine.questions import relaxed_query, strict_query, understand
from yui.kernel.search.engine.quotation import excerpt, marked


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
    html = marked(text, [fold(needle)])
    assert set(re.findall(r"<[^>]*>", html)) <= {"<mark>", "</mark>"}
    assert unescape(html.replace("<mark>", "").replace("</mark>", "")) == unescape(text) or "&" in text
    assert html.count("<mark>") == html.count("</mark>")


def test_a_quotation_marks_across_widths_and_escapes():
    assert marked("<b>ﾏｲﾅﾝﾊﾞｰ</b>", [fold("マイナンバー")]) == "&lt;b&gt;<mark>ﾏｲﾅﾝﾊﾞｰ</mark>&lt;/b&gt;"


def test_a_quotation_marks_another_spelling():
    assert "<mark>打合せ</mark>" in marked("定例の打合せ", ["うちあわせ"], {"打ち合わせ"})


def test_an_excerpt_shows_the_place_that_matters():
    text = "前置き。" * 200 + "証明書の期限切れ" + "後書き。" * 200
    html = excerpt(text, [fold("期限切れ")], ())
    assert "<mark>期限切れ</mark>" in html
    assert html.startswith("…") and html.endswith("…")
    assert len(html) < 200


@given(st.text(max_size=300))
def test_every_text_makes_a_query(text):
    question = understand(text, [("介護保険", "介保")])
    if not question.is_empty:
        strict_query(question)
        relaxed_query(question)


def test_synonyms_stand_in_both_directions():
    pairs = [("介護保険", "介保")]
    assert understand("介保の締切", pairs).words == (("介保の締切", "介護保険の締切"),)
    assert understand("介護保険", pairs).words == (("介護保険", "介保"),)
