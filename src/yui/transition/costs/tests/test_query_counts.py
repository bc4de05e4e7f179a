"""Pins how many queries each page costs; with two wards' bills of nine months as with one line."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yui.kernel.calendar_jp import Month
from yui.kernel.demonstration import Demonstration
from yui.transition.costs.demo import seed

PINNED = json.loads(Path(__file__).with_name("query_counts.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(lake, minato, shinjuku):
    """Two wards with bills and ledgers of nine months."""
    seed(Demonstration(Month(2025, 10), Month(2026, 6), [minato, shinjuku]))


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_page_costs_the_pinned_number_of_queries(name, filled, bob, client_of):
    client = client_of(bob)
    page = reverse(name)
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    own = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) == PINNED[name], "\n".join(own)
