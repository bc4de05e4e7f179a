"""検索: what is found, narrowed by facets that the address carries, without a script."""

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import today
from yui.kernel.search import SearchDocument, SearchSource, register_index, sources
from yui.kernel.search.recency import midnight

PAGE = "/search/"


@pytest.fixture(autouse=True)
def _records(monkeypatch, organisations):
    """Two contracts of 港区 and one of 新宿区."""
    made = {"title": "契約", "body": "", "participant_codes": (), "pillar": "1"}
    rows = (
        ("1", "131032", "own", ("クラウド",), midnight(today())),
        ("2", "131032", "wards", (), None),
        ("3", "131041", "own", ("秘密のタグ",), midnight(today())),
    )
    found = [
        SearchDocument(
            urn=f"yui:registry.contract:{key}",
            kind="registry.contract",
            organisation_code=code,
            visibility=visibility,
            tags=tags,
            at=at,
            url=f"/contracts/{key}/",
            **made,
        )
        for key, code, visibility, tags, at in rows
    ]
    monkeypatch.setattr(sources, "_sources", {})
    register_index(SearchSource("registry.contract", "契約書", lambda since: found, lambda identifier: None))


@pytest.fixture
def page(alice, client_of):
    """A function that opens the page as an officer of 港区; returns what is found and the text."""

    def ask(**asked):
        answer = client_of(alice).get(PAGE, {"q": "契約", **asked})
        urls = [hit.url for hit in answer.context["results"].hits]
        return urls, answer.content.decode()

    return ask


def test_the_address():
    assert reverse("portal:search") == PAGE


def test_facets_show_what_the_reader_may_see_and_nothing_else(page):
    urls, text = page()
    assert set(urls) == {"/contracts/1/", "/contracts/2/"}
    assert 'name="tag" value="クラウド"' in text
    assert 'name="pillar" value="1"> ① 円滑な移行と運用最適化' in text
    assert "秘密のタグ" not in text
    assert 'value="131041"' not in text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"tag": "クラウド"}, ["/contracts/1/"]),
        ({"period": "week"}, ["/contracts/1/"]),
        ({"from": "2020-01-01"}, ["/contracts/1/"]),
        ({"to": "2020-01-01"}, []),
        ({"tag": "秘密のタグ"}, []),
        ({"tag": "クラウド", "period": "year", "kind": "registry.contract"}, ["/contracts/1/"]),
    ],
)
def test_choices_narrow_and_can_be_dropped(page, asked, expected):
    urls, text = page(**asked)
    assert urls == expected
    assert "絞り込みをやめる" in text
    assert 'href="?q=%E5%A5%91%E7%B4%84"' in text


def test_the_form_keeps_every_choice(page):
    _urls, text = page(tag="クラウド", period="month", **{"from": "2020-01-01"})
    assert 'name="tag" value="クラウド" checked' in text
    assert 'name="period" value="month" checked' in text
    assert 'name="from" value="2020-01-01"' in text


@pytest.mark.parametrize("day", ["", "x", "2026-13-01", "٢٠٢٦-01-01", "0001-01-01", "9999-12-31"])
def test_days_that_are_none_are_passed_over(page, day):
    _urls, text = page(**{"from": day, "to": day, "period": day})
    assert "索引を準備しています" not in text
