"""The row renderer escapes, links and never shows an empty cell as nothing."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

from django.utils.safestring import mark_safe
from django.utils.translation import override

from yui.kernel.scope.models import Organisation, OrganisationKind
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.rows import body_attributes, draw_head, draw_rows


def record(**values):
    return SimpleNamespace(**values)


def test_values_and_addresses_are_escaped():
    columns = [
        Column("a", "<A>", "a"),
        Column("b", '"B"', "b", Kind.BADGE),
        Column("c", "C", "c", Kind.STATUS),
    ]
    evil = "<script>alert(1)</script>"
    html = draw_rows(columns, [record(a=evil, b=(evil, evil), c=evil)], lambda r: '/x?"onclick="')
    assert "<script" not in html
    assert '"onclick=' not in html
    assert "&lt;script&gt;" in html
    assert 'data-label="&lt;A&gt;"' in html
    assert 'data-label="&quot;B&quot;"' in html


def test_only_declared_html_is_trusted():
    columns = [Column("a", "A", "a"), Column("b", "B", "b", html=lambda r: mark_safe("<b>x</b>"))]
    html = draw_rows(columns, [record(a="1", b="2")], None)
    assert "<b>x</b>" in html


def test_kinds_are_drawn_for_readers():
    columns = [
        Column("name", "名", "name"),
        Column("n", "数", "n", Kind.NUMBER),
        Column("y", "円", "y", Kind.YEN),
        Column("p", "率", "p", Kind.PERCENT),
        Column("d", "日", "d", Kind.DATE),
        Column("t", "時", "t", Kind.DATETIME),
        Column("b", "有無", "b", Kind.BOOL),
    ]
    row = record(
        name="x",
        n=1234567,
        y=-1200,
        p=Decimal("0.125"),
        d=datetime.date(2026, 11, 3),
        t=datetime.datetime(2026, 11, 2, 15, 30, tzinfo=datetime.UTC),
        b=False,
    )
    with override("ja"):
        html = draw_rows(columns, [row], None)
    for shown in ("1,234,567", "▲1,200円", "12.5%", "2026年11月3日", "2026年11月3日 00:30", "いいえ"):
        assert shown in html
    with override("en"):
        assert "2026-11-03" in draw_rows(columns, [row], None)


def test_a_missing_value_is_a_dash_and_a_broken_path_is_none():
    columns = [Column("name", "名", "name"), Column("v", "事業者", "vendor.name")]
    html = draw_rows(columns, [record(name="", vendor=None)], None)
    assert html.count("—") == 2
    assert "None" not in html


def test_labels_of_choices_follow_the_language():
    column = Column("kind", "種別", "get_kind_display", Kind.BADGE, nowrap=True)
    row = Organisation(kind=OrganisationKind.WARD)
    for language in ("ja", "en", "ja"):
        with override(language):
            html = draw_rows([Column("x", "x", "code"), column], [row], None)
            assert f"<td data-label=種別><span class=chip>{row.get_kind_display()}</span>" in html


def test_the_first_cell_names_and_links_the_row():
    html = draw_rows([Column("a", "A", "a"), Column("b", "B", "b")], [record(a="x", b="y")], lambda r: "/x/")
    assert html == '<tr><th scope=row data-label=A><a href="/x/">x</a><td data-label=B>y\n'


def test_the_body_says_once_what_holds_for_a_column():
    columns = [
        Column("a", "A", "a"),
        Column("b", "B", "b", Kind.YEN),
        Column("c", "C", "c", nowrap=True),
        Column("d", "D", "d", Kind.NUMBER, nowrap=True),
    ]
    assert body_attributes(columns, has_links=True) == ' data-row-links data-at-end="2 4" data-unbroken="3"'
    assert body_attributes(columns[:1], has_links=False) == ""


def test_the_head_says_how_it_is_sorted():
    columns = [Column("a", "A", "a", sort="a"), Column("b", "B", "b", sort="b"), Column("c", "C", "c")]
    html = draw_head(columns, "-b", lambda order: f"?sort={order}")
    assert html.count("aria-sort") == 1
    assert 'aria-sort="descending"><a href="?sort=b"' in html
    assert 'href="?sort=a"' in html
    assert '<th scope="col">C</th>' in html
    assert 'aria-sort="ascending"><a href="?sort=-a"' in draw_head(
        columns, "a", lambda order: f"?sort={order}"
    )
