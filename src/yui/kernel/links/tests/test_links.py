"""URNs lead only readers who may see the record."""

import pytest

from yui.kernel.links import Link, UnknownKind, kind_and_id, register_resolver, resolve, urn
from yui.kernel.links.registry import _resolvers
from yui.kernel.policy import Actor


def test_a_urn_round_trips_and_hostile_ones_are_refused():
    assert kind_and_id(urn("registry.system", 12)) == ("registry.system", "12")
    for bad in ("yui:Registry:1", "yui:a.b:", "http://x", "yui:a.b:1\n2", "yui:a.b:" + "x" * 200):
        with pytest.raises(UnknownKind):
            kind_and_id(bad)


def test_resolving_asks_each_room_once_and_leaves_out_what_is_not_seen():
    calls = []

    def resolver(identifiers, actor):
        calls.append(identifiers)
        return {i: Link(urn("test.thing", i), f"#{i}", f"/t/{i}") for i in identifiers if i != "2"}

    register_resolver("test.thing", resolver)
    try:
        found = resolve([urn("test.thing", n) for n in (1, 2, 3)] + [urn("test.other", 1)], Actor.anonymous())
    finally:
        _resolvers.pop("test.thing")
    assert calls == [["1", "2", "3"]]
    assert sorted(found) == ["yui:test.thing:1", "yui:test.thing:3"]
