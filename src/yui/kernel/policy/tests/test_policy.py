"""Roles grant what the table says, in their own organisation only."""

import pytest

from yui.kernel.policy import GRANTS, Actor, PermissionRefused, Role, Verb, allows, require

EXPECTED = {
    Role.VIEWER: {"view", "export"},
    Role.OFFICER: {"view", "edit", "import", "export"},
    Role.ADMINISTRATOR: {"view", "edit", "import", "export", "approve", "administer", "audit"},
    Role.AUDITOR: {"view", "export", "audit"},
    Role.JOINT_STAFF: {"view", "edit", "import", "export"},
}


@pytest.mark.parametrize("role", list(Role))
def test_the_grants_of_each_role(role, member, minato, shinjuku, actor_of):
    actor = actor_of(member("Person", minato, role))
    assert (
        {str(v) for v in Verb if allows(actor, v, minato)} == EXPECTED[role] == {str(v) for v in GRANTS[role]}
    )
    assert not any(allows(actor, v, shinjuku) for v in Verb)


def test_strangers_may_nothing_and_the_system_may_all(minato):
    assert not any(allows(Actor.anonymous(), v, minato) for v in Verb)
    assert all(allows(Actor.system("test"), v, minato) for v in Verb)


def test_a_refusal_names_the_permission_in_words(member, minato, actor_of):
    with pytest.raises(PermissionRefused, match=r"\(管理する\)"):
        require(actor_of(member("Person", minato, Role.VIEWER)), Verb.ADMINISTER, minato)
