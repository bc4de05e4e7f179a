"""Pins how many queries each page costs, session and memberships included."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

pytestmark = pytest.mark.django_db
PINNED = json.loads(Path(__file__).with_name("query_counts.json").read_text(encoding="utf-8"))
MOST = 8


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_page_costs_the_pinned_number_of_queries(name, rising, bob, client_of):
    slug = ["1-ksi-1"] if name in {"indicators:indicator", "indicators:records"} else []
    client, page = client_of(bob), reverse(name, args=slug)
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    own = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) == PINNED[name], "\n".join(own)


def test_no_page_costs_more_than_allowed():
    assert {name: count for name, count in PINNED.items() if count > MOST} == {}
