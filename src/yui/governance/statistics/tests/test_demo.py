"""The demonstration fills every view and says that it is made up."""

import pytest

from yui.governance.statistics.demo import ALL, _content, seed
from yui.governance.statistics.models import Observation, Series, Source
from yui.governance.statistics.public import Topic, compare, points_of, series_of_topic
from yui.kernel.calendar_jp import Month
from yui.kernel.demonstration import Demonstration

pytestmark = pytest.mark.django_db


def test_every_view_has_series_that_say_they_are_made_up(minato, shinjuku, alice, actor_of):
    seed(Demonstration(Month(2026, 4), Month(2026, 10), [minato, shinjuku]))
    assert all(each.is_illustrative for each in Source.objects.unscoped("test"))
    assert all(
        "架空" in each.title and "made up" in each.title_en for each in Series.objects.unscoped("test")
    )
    for topic in (Topic.MIGRATION, Topic.COSTS, Topic.THREATS, Topic.PEOPLE):
        found = series_of_topic(actor_of(alice), topic)
        assert len(found) == 2
        for line in found:
            lines = compare(actor_of(alice), line.code, minato.code)
            assert 5 <= len(lines.periods) <= 36 and min(lines.counted) > 18
            assert lines.nation[-1] is not None and points_of(actor_of(alice), line.code, "130001")
    assert Observation.objects.unscoped("test").filter(superseded_by__isnull=False).exists()


def test_the_same_seed_gives_the_same_figures(minato):
    demo = Demonstration(Month(2026, 4), Month(2026, 10), [minato])
    told = [
        [_content(each, demo, random) for each in ALL]
        for random in (demo.random_for("x"), demo.random_for("x"))
    ]
    assert told[0] == told[1]
