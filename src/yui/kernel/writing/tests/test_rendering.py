"""Markdown on the page: what it shows, where it may lead, and what it never lets through."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.writing import render
from yui.kernel.writing.parsing import LONGEST_TEXT

MARKS = st.text(alphabet="ab太 *_~`[]()!<>&\"'\\\n#|-:/@.=1xjscrip", max_size=200)
HTTP = "https://example.jp/"


def test_headings_begin_below_those_of_the_page():
    assert render("# 題") == "<h3>題</h3>"
    assert render("###### 小") == "<h6>小</h6>"


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("これは**「太字」**です", "「太字」"),
        ("**強い。**つづき", "強い。"),
        ("前**(注)**後", "(注)"),
        ("a **b** c", "b"),
    ],
)
def test_emphasis_works_beside_japanese(text, bold):
    assert f"<strong>{bold}</strong>" in render(text)


def test_emphasis_follows_commonmark_between_latin_letters():
    assert "<strong>" not in render('a**"b"**c')
    assert "<em>" not in render("snake_case_name")


def test_line_ends_tables_tasks_and_strikethrough_are_shown():
    assert render("一行目\n二行目") == "<p>一行目<br>\n二行目</p>"
    assert '<td class="is-number">1</td>' in render("|件数|\n|-:|\n|1|")
    assert "<s>やめた</s>" in render("~~やめた~~")
    tasks = render("- [ ] まだ\n- [x] すんだ")
    assert "☐ まだ" in tasks and "☑ すんだ" in tasks


def test_raw_html_is_shown_as_typed():
    shown = render('<script>alert(1)</script>\n\n<b onclick="x()">b</b> <img src=x onerror=alert(1)>')
    assert "<script" not in shown and "<b" not in shown and "<img" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
        "//evil.example/", "https:\\\\evil.example", "https:/evil.example", "ftp://a/",
        "&#106;avascript:alert(1)", "java\tscript:alert(1)", "#top", "page", "attachment:1",
    ],
)  # fmt: skip
def test_links_lead_nowhere_unsafe(address):
    assert "href" not in render(f"[x]({address}) [y](<{address}>)\n\n[z][r]\n\n[r]: {address}")


def test_a_foreign_link_names_its_host_and_vouches_for_nothing():
    shown = render("[詳しく](https://www.yui.example@evil.example/a)")
    assert 'rel="noopener nofollow ugc"' in shown
    assert '<span class="link-host">(evil.example)</span>' in shown
    assert "link-host" not in render("[ここ](/registry/) <https://example.jp/>")


def test_a_host_in_other_letters_is_named_as_it_is_looked_up():
    assert "(xn--" in render("<https://аpple.example/>")


def test_bare_addresses_end_where_the_sentence_goes_on():
    assert f'<a href="{HTTP}a"' in render(f"詳しくは{HTTP}aを見る")
    assert f'<a href="{HTTP}a_(b)"' in render(f"({HTTP}a_(b))")
    assert f'<a href="{HTTP}"' in render(f"{HTTP}.")
    assert "href" not in render(f"`{HTTP}`")


def test_images_are_shown_only_where_the_caller_finds_them():
    own = {"attachment:1": "/files/1", "attachment:2": None, "attachment:3": "//evil.example/x.png"}
    shown = render(
        "![図](attachment:1) ![秘密](attachment:2) ![外](attachment:3) ![遠く](https://a.example/x.png)",
        image_url=own.get,
    )
    assert shown.count("<img") == 1 and 'src="/files/1"' in shown and 'alt="図"' in shown
    assert "秘密" in shown and "遠く" in shown and "evil.example" not in shown and "a.example" not in shown
    assert "<img" not in render("![図](attachment:1)")


def test_links_to_attachments_are_found_the_same_way():
    shown = render("[資料](attachment:1) [ない](attachment:2)", image_url={"attachment:1": "/files/1"}.get)
    assert shown.count("<a ") == 1 and 'href="/files/1"' in shown and "ない" in shown


def test_mentions_become_links_where_the_person_is_found():
    shown = render("@alice-131032 と @nobody `@alice-131032`", mention_url={"alice-131032": "/p/1"}.get)
    assert shown.count('<a class="mention" href="/p/1"') == 1
    assert "@nobody" in shown


def test_attributes_cannot_be_broken_out_of():
    hostile = '/p/"><script>'
    shown = render(
        '@alice ![" onerror="x](attachment:1)', mention_url=lambda _: hostile, image_url=lambda _: hostile
    )
    assert "<script" not in shown and ' onerror="' not in shown


def test_controls_that_turn_text_around_are_taken_out():
    assert render("a\u202egpj.exe\u2066b\x00c\u200f") == "<p>agpj.exebc</p>"


def test_a_very_long_text_is_shown_as_typed():
    shown = render("*a* <b>" * LONGEST_TEXT)
    assert shown.startswith("<pre>*a* &lt;b&gt;")


@given(MARKS)
def test_nothing_but_known_elements_ever_comes_out(text):
    shown = render(text, image_url=lambda _: "/i", mention_url=lambda _: "/m")
    names = set(re.findall(r"</?([a-z0-9]+)", shown))
    assert names <= {
        *("p", "br", "hr", "h3", "h4", "h5", "h6", "em", "strong", "s", "code", "pre", "blockquote", "ul"),
        *("ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "img", "div", "span"),
    }
    assert not re.search(r"<[^>]*\s(?:on\w+|style|id)=", shown)
    assert all(
        href.startswith(("/", "http://", "https://", "mailto:"))
        for href in re.findall(r'href="([^"]*)"', shown)
    )


@pytest.mark.parametrize(
    "unit", ["[", "*a ", "![](", "> ", "- a\n  ", "`a``", "|a|b|\n|-|-|\n", "<a ", "[a][b]\n"]
)
def test_hostile_repetition_comes_back(unit):
    assert render(unit * (LONGEST_TEXT // len(unit)))
