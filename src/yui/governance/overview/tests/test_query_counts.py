"""Pins how many queries each page costs, session and memberships included, with figures for every panel."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

pytestmark = pytest.mark.django_db
PINNED = json.loads(Path(__file__).with_name("query_counts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_page_costs_the_pinned_number_of_queries(name, everything, alice, client_of):
    address = reverse(name, args=["soc.detections"] if name == "overview:records" else [])
    client = client_of(alice)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    own = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) == PINNED[name], "\n".join(own)
