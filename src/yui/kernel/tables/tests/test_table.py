"""What a reader can do with a list."""

import pytest

from yui.kernel.tables.filters import Filter


def names(table):
    return [organisation.name_ja for organisation in table.page]


def test_it_shows_a_page_and_counts_all(table_of, alice, django_assert_num_queries):
    table = table_of(alice)
    with django_assert_num_queries(2):
        assert len(names(table)) == 20
        assert table.total > 23


@pytest.mark.parametrize("query", ["q=ﾐﾅﾄ", "q=みなと", "q=港", "q=131032", "q=１３１０３２", "q=港 131032"])
def test_search_folds_width_and_kana(table_of, alice, query):
    assert names(table_of(alice, query)) == ["港区"]


def test_filters_beyond_the_third_unfold(table_of, alice, monkeypatch):
    more = [Filter(f"f{n}", f"条件{n}", "kind", (("ward", "特別区"),)) for n in range(3)]
    listing = type(table_of(alice))
    monkeypatch.setattr(listing, "filters", (*more, *listing.filters))
    closed = table_of(alice).response().content.decode()
    opened = table_of(alice, "kind=ward").response().content.decode()
    assert "<details><summary>ほかの条件" in closed
    assert "<details open><summary>ほかの条件" in opened
    assert '<option value="ward" selected>' in opened


def test_every_word_must_be_found(table_of, alice):
    assert names(table_of(alice, "q=港 131041")) == []


def test_filters_narrow_and_show_as_chips(table_of, alice):
    table = table_of(alice, "kind=ward&active=1&q=区&size=100")
    assert len(names(table)) == 23
    labels = {condition["label"]: condition["remove_url"] for condition in table.active_conditions}
    assert set(labels) == {"種別: 特別区", "使用中: はい"}
    assert "kind" not in labels["種別: 特別区"]
    assert "active=1" in labels["種別: 特別区"]


@pytest.mark.parametrize(
    "query", ["kind=nonsense", "sort=password", "page=abc", "page=9999", "size=1000000", "columns=x"]
)
def test_nonsense_in_the_address_is_ignored(table_of, alice, query):
    table = table_of(alice, query)
    assert names(table)
    assert len(names(table)) <= 20
    assert [column.key for column in table.shown] == ["name", "code", "order"]


def test_sorting_both_ways(table_of, alice):
    up = names(table_of(alice, "sort=code&size=100"))
    down = names(table_of(alice, "sort=-code&size=100"))
    assert up == down[::-1]


def test_columns_can_be_chosen_but_the_name_stays(table_of, alice):
    assert [column.key for column in table_of(alice, "columns=kana").shown] == ["name", "kana"]


def test_the_whole_page_and_its_part(table_of, alice):
    whole = table_of(alice).response().content.decode()
    part = table_of(
        alice, headers={"HX-Request": "true", "HX-Target": "div#list-tests-organisations"}
    ).response()
    assert "<html" in whole
    assert "<html" not in part.content.decode()
    assert 'id="list-tests-organisations"' in part.content.decode()
    assert "HX-Request" in part["Vary"]
    other = table_of(alice, headers={"HX-Request": "true", "HX-Target": "body"}).response()
    assert "<html" in other.content.decode()


def test_an_empty_list_teaches(table_of, alice):
    html = table_of(alice, "q=存在しない").response().content.decode()
    assert "条件に合うものがありません" in html
    assert "<tbody" not in html


def test_no_inline_style_or_script(table_of, alice):
    part = table_of(alice, "q=区", headers={"HX-Target": "div#list-tests-organisations"}).response()
    html = part.content.decode()
    for forbidden in ("style=", "onclick", "<script"):
        assert forbidden not in html
