"""Only what can be a key is looked for: a URN may hold anything."""

import pytest

from yui.kernel.links import resolve
from yui.kernel.links.keyed import keys_among
from yui.kernel.search.sources import source_of

TOO_LONG = "9" * 19


def test_keys_are_whole_numbers_that_a_database_takes():
    assert keys_among(["1", "9" * 18, TOO_LONG, "-1", "x", "", "1.5", "²", "１２"]) == [1, 10**18 - 1]


@pytest.mark.parametrize("identifier", [TOO_LONG, "9" * 150, "²", "x"])
def test_what_is_no_key_leads_nowhere(identifier, system_actor, db):
    assert resolve([f"yui:registry.system:{identifier}"], system_actor) == {}
    source = source_of("registry.system")
    assert source is not None and source.one(identifier) is None
