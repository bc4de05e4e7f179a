"""The door of the room: which options there are, and how one of them stands."""

import pytest

from yui.governance.priorities.facts import OptionFacts
from yui.governance.priorities.operations import save_option
from yui.governance.priorities.public import option_choices, option_standing

pytestmark = pytest.mark.django_db


def test_an_option_is_told_with_its_rank_and_how_sure_it_is(deliberated, alice, actor_of):
    found = option_standing(actor_of(alice), "pillars", "3")
    assert (found.rank, found.of, found.title) == (1, 3, "支援策3")
    assert found.first_share == pytest.approx(1) and found.url == deliberated.get_absolute_url()
    assert option_standing(actor_of(alice), "pillars", "2").rank == 3


def test_without_all_scores_there_is_no_rank(prepared, sara, actor_of):
    save_option(actor_of(sara), priority_set=prepared, facts=OptionFacts("4", "新しい案"))
    found = option_standing(actor_of(sara), "pillars", "4")
    assert found.rank is None and found.first_share is None and found.of == 4


def test_what_does_not_exist_or_may_not_be_seen_is_nothing(prepare, minato, charlie, actor_of):
    prepare(minato, code="own", visibility="own")
    for set_code, option_code in (("own", "1"), ("none", "1")):
        assert option_standing(actor_of(charlie), set_code, option_code) is None
    assert option_choices(actor_of(charlie)) == ()


def test_the_joint_set_counts_where_a_ward_has_one_of_the_same_code(
    prepare, prepared, minato, alice, actor_of
):
    prepare(minato, code="pillars", title="港区の検討", visibility="own")
    choices = option_choices(actor_of(alice))
    assert [(each.set_code, each.code, each.set_title) for each in choices] == [
        ("pillars", code, "三つの支援策") for code in "123"
    ]
    assert option_standing(actor_of(alice), "pillars", "1").url == prepared.get_absolute_url()
    assert option_standing(actor_of(alice), "pillars", "9") is None
