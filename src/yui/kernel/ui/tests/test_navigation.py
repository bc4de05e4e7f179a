"""The navigation shows people what they may open, and nothing else."""

import pytest

from yui.kernel.policy import Actor, ActorKind, Membership, Role, Verb
from yui.kernel.ui import navigation
from yui.kernel.ui.checks import navigation_leads_somewhere
from yui.kernel.ui.navigation import NavigationConflict, NavItem, groups_for, items_for, register


@pytest.fixture
def entries(monkeypatch):
    monkeypatch.setattr(navigation, "_items", {})
    register(NavItem("b", "言語", "ui:set_language", 1, 2))
    register(NavItem("a", "見本", "ui:style", 0, 1, "grid"))
    register(NavItem("c", "管理", "ui:preferences", 1, 1, verb=Verb.ADMINISTER))


def person(*roles: Role) -> Actor:
    held = tuple(Membership(1, "131032", role, "ward") for role in roles)
    return Actor(kind=ActorKind.PERSON, user_id=1, name="見本", memberships=held)


def test_verb_hides_an_entry_from_those_without_it(entries):
    assert [item.code for item in items_for(person(Role.VIEWER))] == ["a", "b"]
    assert [item.code for item in items_for(person(Role.ADMINISTRATOR))] == ["a", "c", "b"]


def test_strangers_and_people_without_roles_see_no_navigation(entries):
    assert items_for(Actor.anonymous()) == ()
    assert items_for(person()) == ()


def test_groups_are_in_pillar_order_with_the_deepest_entry_current(entries):
    groups = groups_for(person(Role.VIEWER), "/style/part/")
    assert [group.pillar for group in groups] == [0, 1]
    assert groups[0].links[0].current
    assert not groups[1].links[0].current
    assert groups[1].sign == "①"


def test_same_entry_twice_is_one_and_a_different_one_is_refused(entries):
    register(NavItem("a", "見本", "ui:style", 0, 1, "grid"))
    with pytest.raises(NavigationConflict):
        register(NavItem("a", "別のもの", "ui:style", 0, 1))
    with pytest.raises(NavigationConflict):
        register(NavItem("x", "柱がない", "ui:style", 4, 1))


def test_entry_without_address_is_left_out_and_reported(entries):
    assert navigation_leads_somewhere() == []
    register(NavItem("lost", "迷子", "ui:no_such_page", 0, 9))
    assert [problem.id for problem in navigation_leads_somewhere()] == ["ui.E001"]
    shown = [link.title for group in groups_for(person(Role.VIEWER), "/") for link in group.links]
    assert "迷子" not in shown
