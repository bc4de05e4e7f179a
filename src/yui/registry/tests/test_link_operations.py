"""Data links between systems."""

import pytest
from django.core.exceptions import ValidationError

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import PermissionRefused
from yui.registry.errors import OtherOrganisation
from yui.registry.facts import LinkFacts
from yui.registry.models import DataLink
from yui.registry.operations import link_systems, unlink_systems


@pytest.fixture
def facts(system, make_system):
    """A daily file from one system to a second."""
    return LinkFacts(
        source=system, target=make_system("MN-002"), medium="file", frequency="daily", data="宛名"
    )


def test_a_link_is_made_and_removed_and_both_are_remembered(alice, actor_of, facts):
    actor = actor_of(alice)
    link = link_systems(actor, facts=facts)
    subject = urn("registry.link", link.pk)
    unlink_systems(actor, link=link)

    removed, made = history_of(subject)
    assert made.changes["data"] == [None, "宛名"]
    assert removed.changes["data"] == ["宛名", None]
    assert not DataLink.objects.visible_to(actor).exists()


def test_a_system_is_not_linked_to_itself(alice, actor_of, system):
    facts = LinkFacts(source=system, target=system, medium="file", frequency="daily", data="宛名")
    with pytest.raises(ValidationError, match="別のシステム"):
        link_systems(actor_of(alice), facts=facts)


def test_the_same_link_is_not_made_twice(alice, actor_of, facts):
    link_systems(actor_of(alice), facts=facts)
    with pytest.raises(ValidationError, match="もう登録"):
        link_systems(actor_of(alice), facts=facts)


def test_systems_of_two_wards_are_not_linked(alice, actor_of, system, make_system, shinjuku):
    other = make_system("SJ-001", organisation=shinjuku)
    facts = LinkFacts(source=system, target=other, medium="file", frequency="daily", data="宛名")
    with pytest.raises(OtherOrganisation):
        link_systems(actor_of(alice), facts=facts)


@pytest.mark.parametrize("person", ["bob", "charlie"])
def test_others_may_not_link_or_unlink(request, person, actor_of, system_actor, facts):
    link = link_systems(system_actor, facts=facts)
    with pytest.raises(PermissionRefused):
        unlink_systems(actor_of(request.getfixturevalue(person)), link=link)
    with pytest.raises(PermissionRefused):
        link_systems(actor_of(request.getfixturevalue(person)), facts=facts)


def test_a_link_to_a_hidden_system_stays_hidden(charlie, actor_of, system_actor, make_system):
    shown = make_system("MN-010", visibility="wards")
    hidden = make_system("MN-011")
    facts = LinkFacts(source=shown, target=hidden, medium="file", frequency="daily", data="宛名")
    link_systems(system_actor, facts=facts)
    assert not DataLink.objects.visible_to(actor_of(charlie)).exists()
