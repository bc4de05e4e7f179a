"""Pins how many queries each list page costs; with a hundred records as with one."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yui.kernel.calendar_jp import Month
from yui.kernel.demonstration import Demonstration
from yui.registry.demo import seed

PINNED = json.loads(Path(__file__).with_name("query_counts.json").read_text(encoding="utf-8"))
MOST = 8
"""Reading the session, the person and the memberships (three) included."""


@pytest.fixture
def filled(minato, shinjuku):
    """Two wards with some forty systems each and all that belongs to them."""
    seed(Demonstration(Month(2026, 1), Month(2026, 10), [minato, shinjuku]))


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_page_costs_the_pinned_number_of_queries(name, filled, bob, client_of):
    client = client_of(bob)
    page = reverse(f"registry:{name}")
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(page).status_code == 200
    own = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) == PINNED[name], "\n".join(own)


def test_no_list_page_costs_more_than_allowed():
    assert {name: count for name, count in PINNED.items() if count > MOST} == {}
