"""Results narrowed by date and tag; each count is true for its reader."""

from datetime import UTC, date, datetime, timedelta

import pytest

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor, ActorKind, Membership, Role
from yui.kernel.search.public import IndexState, Recency, search
from yui.kernel.search.recency import midnight

SYSTEM = Actor.system("test")
STRANGER = Actor(ActorKind.PERSON, 1, "P", (Membership(131041, "131041", Role.VIEWER, "ward"),))


def found(actor=SYSTEM, **choices) -> set[str]:
    """Identifiers of the contracts found."""
    results = search(actor, "契約", **choices)
    assert results.state is IndexState.READY
    return {hit.urn.rpartition(":")[2] for hit in results.hits}


@pytest.fixture
def contracts(systems):
    """One on the first day of each span, one on the day before, and one without a date."""
    for span in Recency:
        first = midnight(span.first_day(today()))
        systems.put(f"{span}", title="契約", at=first, visibility="wards")
        systems.put(f"before-{span}", title="契約", at=first - timedelta(seconds=1))
    systems.put("undated", title="契約")
    return systems


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 5, 13), (date(2026, 5, 11), date(2026, 5, 1), date(2026, 4, 1))),
        (date(2026, 3, 1), (date(2026, 2, 23), date(2026, 3, 1), date(2025, 4, 1))),
    ],
)
def test_spans_begin(day, expected):
    assert tuple(span.first_day(day) for span in Recency) == expected


def test_spans_keep_what_is_newer_and_count_it(contracts):
    dates = {name: document.at for name, (_put, document) in contracts.records.items() if document.at}
    for span in Recency:
        newer = {name for name, at in dates.items() if at >= midnight(span.first_day(today()))}
        assert found(recency=span.value) == newer
        results = search(SYSTEM, "契約", recency=span.value)
        assert {facet.code: (facet.count, facet.is_selected) for facet in results.recency}[span.value] == (
            len(newer),
            True,
        )
        assert results.total == len(newer) == sum(facet.count for facet in results.kinds)


def test_counts_of_spans_hold_no_record_that_the_reader_may_not_see(contracts):
    counts = {facet.code: facet.count for facet in search(STRANGER, "契約").recency}
    for span in Recency:
        assert counts[span.value] == len(found(STRANGER, recency=span.value))
        assert found(STRANGER, recency=span.value) <= set(Recency.values)


def test_days_bound_on_both_sides_in_tokyo(systems):
    systems.put("eve", title="契約", at=datetime(2026, 3, 31, 14, 59, tzinfo=UTC))
    systems.put("first", title="契約", at=datetime(2026, 3, 31, 15, 0, tzinfo=UTC))
    systems.put("last", title="契約", at=datetime(2026, 4, 30, 14, 59, tzinfo=UTC))
    systems.put("after", title="契約", at=datetime(2026, 4, 30, 15, 0, tzinfo=UTC))
    systems.put("undated", title="契約")
    april = {"since": date(2026, 4, 1), "until": date(2026, 4, 30)}
    assert found(**april) == {"first", "last"}
    assert found(since=april["since"]) == {"first", "last", "after"}
    assert found(until=april["until"]) == {"eve", "first", "last"}
    assert found(since=april["until"], until=april["since"]) == set()
    assert found(since=date.min, until=date.max) == {"eve", "first", "last", "after"}


def test_an_unknown_span_keeps_all(contracts):
    assert len(found(recency="decade")) == 7


def test_a_record_with_an_impossible_date_is_found(systems):
    systems.put("a", title="契約", at=datetime(1, 1, 2, tzinfo=UTC))
    systems.put("b", title="契約", at=datetime(9999, 12, 30, tzinfo=UTC))
    assert found() == {"a", "b"}


def test_tags_narrow_and_count_under_the_other_choices(shelf):
    systems, bills = shelf("registry.system"), shelf("costs.bill")
    systems.put("a", title="契約", tags=("クラウド", "更新"), visibility="wards")
    systems.put("b", title="契約", tags=("クラウド",))
    bills.put("c", title="契約", tags=("更新", "更新", " "))
    assert found(tags=["クラウド"]) == {"a", "b"}
    assert found(tags=["クラウド", "更新"]) == {"a", "b", "c"}
    assert found(STRANGER, tags=["クラウド"]) == {"a"}
    results = search(SYSTEM, "契約", tags=["更新"], kinds=["registry.system"])
    assert {hit.urn for hit in results.hits} == {"yui:registry.system:a"}
    assert {(facet.code, facet.count, facet.is_selected) for facet in results.tags} == {
        ("クラウド", 2, False),
        ("更新", 1, True),
    }
    assert {(facet.code, facet.count) for facet in results.kinds} == {
        ("registry.system", 1),
        ("costs.bill", 1),
    }
    assert {(facet.code, facet.count) for facet in search(STRANGER, "契約").tags} == {
        ("クラウド", 1),
        ("更新", 1),
    }
