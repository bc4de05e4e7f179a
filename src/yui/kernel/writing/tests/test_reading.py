"""Texts read without their marks: words, mentions, personal numbers, other forums' HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.writing import markdown_of, mentions, personal_numbers, plain_text, render
from yui.kernel.writing.personal_numbers import check_digit

RIGHT = "123456789018"


def test_plain_text_keeps_words_and_drops_marks():
    text = (
        "# 題\n\n**太字**と[リンク](https://a.example)\n次の行\n\n- 一\n- 二\n\n|a|b|\n|-|-|\n|1|2|\n\n"
        "```\ncode\n```"
    )
    assert plain_text(text) == "題\n太字とリンク\n次の行\n一\n二\na b\n1 2\ncode"
    assert plain_text("![図の説明](attachment:1)") == "図の説明"


def test_mentions_are_ids_in_small_letters_each_once():
    assert mentions("@Alice-131032 さん、＠bob_1。@alice-131032") == ("alice-131032", "bob_1")


@pytest.mark.parametrize(
    "text",
    [
        "`@alice`",
        "```\n@alice\n```",
        "a@alice.example",
        "<a@alice.example>",
        "[@alice](/x)",
        "@",
        "@@alice",
        "x/@alice",
    ],
)
def test_code_links_and_addresses_mention_nobody(text):
    assert mentions(text) == ()


@pytest.mark.parametrize(
    "written",
    [
        RIGHT,
        "1234 5678 9018",
        "1234-5678-9018",
        "１２３４５６７８９０１８",
        "1234　5678－9018",
        "1234\u200b56789018",
    ],
)
def test_personal_numbers_are_found_in_any_dress(written):
    text = f"番号は{written}です"
    (found,) = personal_numbers(text)
    assert text[found.start : found.end] == written
    assert found.masked.count("*") == 10 and "3" not in found.masked


@pytest.mark.parametrize(
    "text", ["123456789012", "1234567890180", "0123456789018", "2026-11-27", "03-1234-5678", ""]
)
def test_other_numbers_are_none(text):
    assert personal_numbers(text) == ()


def test_a_number_after_a_year_is_found():
    assert [found.start for found in personal_numbers(f"2026 {RIGHT} 令和8")] == [5]


@given(st.lists(st.integers(0, 9), min_size=11, max_size=11), st.integers(0, 9))
def test_exactly_the_right_check_digit_counts(leading, last):
    text = "".join(map(str, [*leading, last]))
    assert bool(personal_numbers(text)) == (check_digit(leading) == last)


@given(st.lists(st.integers(0, 9), min_size=11, max_size=11), st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_changes_the_check_digit_unless_the_remainder_is_small(leading, place, by):
    """The rule catches every single wrong digit, except between the remainders 0 and 1."""
    other = [*leading]
    other[place] = (other[place] + by) % 10
    if check_digit(leading) not in {0}:
        assert check_digit(other) != check_digit(leading)


def test_html_of_a_forum_becomes_markdown():
    html = (
        "<h2>題</h2><p>本文 <strong>太字</strong> <a href='https://a.example/x'>先</a></p><ul><li>一</li></ul>"
        "<script>alert(1)</script><style>p{}</style><img src='https://a.example/i.png' alt='図'>"
    )
    text = markdown_of(html)
    assert "## 題" in text and "**太字**" in text and "[先](https://a.example/x)" in text and "- 一" in text
    assert "alert" not in text and "i.png" not in text and "図" in text


def test_signs_of_a_forum_stay_signs():
    assert "<em>" not in render(markdown_of("<p>2 * 3 * 4 と snake_case_name</p>"))


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5_000 + "深い",
        "<b><i>" * 3_000 + "深い",
        "<table><tr><td>" * 1_000 + "深い",
        "<p>長い深い</p>" * 100_000,
    ],
    ids=["deep", "formatting", "tables", "long"],
)
def test_html_that_nobody_wrote_comes_back_as_words(html):
    assert "深い" in markdown_of(html)


@given(st.text(alphabet="<>/abdiv pscript=\"'&;#x太", max_size=120))
def test_any_html_comes_back_and_renders(html):
    assert "<script" not in render(markdown_of(html))
