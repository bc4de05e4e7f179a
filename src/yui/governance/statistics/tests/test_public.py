"""The door for other rooms: figures with their source, and nothing that the reader may not see."""

from datetime import date
from decimal import Decimal

import pytest

from yui.governance.statistics.models import Observation
from yui.governance.statistics.public import (
    SeriesUnknown,
    Topic,
    compare,
    latest_point,
    points_of,
    read_series,
    series_choices,
    series_of_topic,
)

pytestmark = pytest.mark.django_db
VALUES = [
    ("131032", 2023, "10.5"), ("131032", 2024, "11"), ("131032", 2025, "X"),
    ("131041", 2023, "20"), ("131041", 2024, "30"), ("131041", 2025, "40"),
    ("131016", 2024, "50"), ("000000", 2023, "15"), ("130001", 2022, "1"),
]  # fmt: skip


@pytest.fixture
def rate(survey, make_series):
    return make_series(
        survey, "rate", [(a, y, v if v == "X" else Decimal(v)) for a, y, v in VALUES], topic="people"
    )


def test_a_series_comes_with_its_source(rate, bob, actor_of):
    (line,) = series_of_topic(actor_of(bob), Topic.PEOPLE)
    assert (line.code, line.unit, line.frequency, line.topic) == ("rate", "%", "year", "people")
    assert line == read_series(actor_of(bob), "rate")
    assert (line.source.publisher, line.source.licence) == ("架空の統計", "CC BY 4.0")
    assert line.source.url.startswith("/statistics/sources/") and line.url == "/statistics/series/rate/"
    assert isinstance(line.source.retrieved_on, date) and not line.source.is_illustrative
    assert series_of_topic(actor_of(bob), Topic.COSTS) == ()
    assert series_choices(actor_of(bob)) == [("rate", "系列rate(架空の統計)")]


def test_points_come_oldest_first_and_missing_ones_keep_their_sign(rate, bob, actor_of):
    points = points_of(actor_of(bob), "rate", "131032")
    assert [(each.period_label, each.value, each.missing) for each in points] == [
        ("2023年", Decimal("10.5"), ""),
        ("2024年", Decimal(11), ""),
        ("2025年", None, "X"),
    ]
    assert latest_point(actor_of(bob), "rate", "131032").value == 11
    assert latest_point(actor_of(bob), "rate", "131059") is None


def test_a_superseded_value_is_not_told_but_marks_the_point(rate, bob, actor_of):
    current = Observation.objects.unscoped("test").get(area_code="000000")
    former = Observation.objects.unscoped("test").get(area_code="000000")
    former.pk, former.value, former.superseded_by = None, Decimal(14), current
    former.save()
    (point,) = points_of(actor_of(bob), "rate", "000000")
    assert point.value == 15 and point.is_revised
    assert not points_of(actor_of(bob), "rate", "131041")[0].is_revised


def test_a_comparison_counts_wards_alone(rate, bob, actor_of):
    found = compare(actor_of(bob), "rate", "131032")
    assert found.periods == ("2023年", "2024年", "2025年")
    assert found.own == (Decimal("10.5"), Decimal(11), None)
    assert found.nation == (Decimal(15), None, None)
    assert found.median == (Decimal("15.25"), Decimal(30), Decimal(40)) and found.counted == (2, 3, 1)
    assert (found.rank, found.of) == (3, 3)
    assert compare(actor_of(bob), "rate", None).rank is None


def test_a_series_without_figures_is_offered_to_nobody(survey, make_series, bob, actor_of):
    make_series(survey, "empty")
    assert series_of_topic(actor_of(bob), Topic.OTHER) == () and series_choices(actor_of(bob)) == []
    assert read_series(actor_of(bob), "empty").source.retrieved_on
    assert compare(actor_of(bob), "empty", "131032").periods == ()


def test_what_a_ward_keeps_for_itself_is_unknown_to_others(own_survey, make_series, bob, charlie, actor_of):
    make_series(own_survey, "secret", [("131032", 2024, 7)])
    assert latest_point(actor_of(bob), "secret", "131032").value == 7
    for ask in (
        lambda actor: read_series(actor, "secret"),
        lambda actor: points_of(actor, "secret", "131032"),
        lambda actor: latest_point(actor, "secret", "131032"),
        lambda actor: compare(actor, "secret", "131032"),
        lambda actor: read_series(actor, "nothing"),
    ):
        with pytest.raises(SeriesUnknown):
            ask(actor_of(charlie))
    assert series_choices(actor_of(charlie)) == []
