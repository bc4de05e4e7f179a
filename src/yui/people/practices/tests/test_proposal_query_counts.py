"""Pages of proposals cost as many queries with many records as with few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yui.people.practices.operations.proposals import cast_vote

MOST = {"proposals": 14, "proposal-board": 16, "proposal-growth": 18, "proposal-effects": 14, "proposal": 40}
"""Reading the session, the person, the memberships and what waits at the bell included."""


def cost(client, address: str) -> int:
    """Return how many queries a page costs, once everything that is read once has been read."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in queries)


@pytest.fixture
def addresses(way):
    """The pages, the record's among them."""
    proposal = way.measured()
    found = {name: reverse(f"practices:{name}") for name in MOST if name != "proposal"}
    return found | {"proposal": proposal.get_absolute_url()}


def test_more_records_cost_no_more_queries(way, addresses, alice, anna, actor_of, client_of):
    client = client_of(alice)
    before = {name: cost(client, address) for name, address in addresses.items()}
    for _number in range(4):
        cast_vote(actor_of(anna), proposal=way.submitted(visibility="wards"))
        way.in_review()
        way.measured()
    after = {name: cost(client, address) for name, address in addresses.items()}
    assert after == before
    assert {name: count for name, count in after.items() if count > MOST[name]} == {}
