"""The door for other rooms."""

import pytest

from yui.governance.indicators import public
from yui.governance.indicators.errors import UnknownIndicator
from yui.governance.indicators.tests.conftest import OCTOBER
from yui.kernel.policy import Actor

pytestmark = pytest.mark.django_db


def test_pillars_come_with_rows_points_and_counts(rising, bob, actor_of):
    pillars = public.pillar_rows(actor_of(bob))
    assert [(pillar.mark, len(pillar.rows)) for pillar in pillars] == [("①", 5), ("②", 5), ("③", 5)]
    row = pillars[0].rows[1]
    assert (row.code, row.value_text, row.target_text, row.status) == ("1-KSI-1", "40.0%", "80%以上", "late")
    assert len(row.points) == 36
    assert row.points[-1] == 40
    assert (row.month, row.change_text) == (OCTOBER, "+0.7ポイント")
    assert pillars[0].counts == {"achieved": 0, "on_track": 0, "late": 1, "undecided": 0, "no_data": 4}
    assert sum(public.status_counts(pillars).values()) == 15


def test_the_month_is_the_newest_stored_unless_named(rising, bob, actor_of):
    assert public.latest_month(actor_of(bob)) == OCTOBER
    assert public.pillar_rows(actor_of(bob), OCTOBER.shift(-3))[0].rows[1].value == 38


def test_queries_are_one_and_two(rising, bob, actor_of, django_assert_num_queries):
    actor = actor_of(bob)
    with django_assert_num_queries(1):
        public.pillar_rows(actor, OCTOBER)
    with django_assert_num_queries(2):
        public.tile_values(actor, "1-KSI-1", OCTOBER)


def test_tiles_cover_every_ward(rising, bob, actor_of):
    found = public.tile_values(actor_of(bob), "1-ksi-1")
    assert len(found.wards) == 23
    by_code = {ward.ward_code: ward for ward in found.wards}
    assert by_code["131032"].row.value_text == "40.0%"
    assert by_code["131024"].level is None
    assert found.tile_map("題", "値").draw().count('class="tile"') == 23


def test_tiles_without_any_data_are_all_empty(organisations, bob, actor_of):
    found = public.tile_values(actor_of(bob), "1-KGI-1")
    assert not found.has_data
    assert found.ranking == ()


def test_an_unknown_indicator_is_an_error_and_a_stranger_sees_no_value(rising):
    with pytest.raises(UnknownIndicator):
        public.tile_values(Actor.anonymous(), "9-KGI-9")
    rows = [row for pillar in public.pillar_rows(Actor.anonymous(), OCTOBER) for row in pillar.rows]
    assert {row.value for row in rows} == {None}
