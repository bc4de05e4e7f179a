"""Links and search."""

import pytest

from yui.governance.indicators import finding
from yui.kernel.links import resolve, urn
from yui.kernel.policy import Actor
from yui.kernel.search.public import search

pytestmark = pytest.mark.django_db


def test_indicators_and_months_are_resolved_for_members(bob, actor_of):
    wanted = [
        urn(finding.INDICATOR, "1-kgi-1"),
        urn(finding.SNAPSHOT, "2026-10"),
        urn(finding.INDICATOR, "9-x"),
    ]
    found = resolve([*wanted, urn(finding.SNAPSHOT, "soon")], actor_of(bob))
    assert {link.url for link in found.values()} == {"/indicators/1-kgi-1/", "/indicators/?month=2026-10"}


def test_nothing_is_resolved_for_strangers_to_the_house():
    wanted = [urn(finding.INDICATOR, "1-kgi-1"), urn(finding.SNAPSHOT, "2026-10")]
    assert resolve(wanted, Actor.anonymous()) == {}


def test_search_reads_every_indicator_once_and_none_since():
    assert len(list(finding.documents(None))) == 15
    assert list(finding.documents(object())) == []
    assert finding.one("1-ksi-1").title == "BPRを実施した部署の割合"
    assert finding.one("9-ksi-9") is None


def test_an_indicator_is_found_by_its_words_and_its_code(organisations, bob, actor_of):
    for text in ("対歳出比率", "1-KGI-1"):
        hits = search(actor_of(bob), text, kinds=[finding.INDICATOR]).hits
        assert "/indicators/1-kgi-1/" in [hit.url for hit in hits]
