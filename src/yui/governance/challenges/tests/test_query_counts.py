"""Pins how many queries each page costs, session and memberships included, however much is linked."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yui.governance.challenges.tests.conftest import challenge_of, initiative_of

pytestmark = pytest.mark.django_db
PINNED = json.loads(Path(__file__).with_name("query_counts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_page_costs_the_pinned_number_of_queries(name, adopted, alice, client_of, store):
    for code in ("1-KPI-1", "2-KPI-1", "3-KPI-1"):
        store(code, "9")
    keys = {
        "challenges:challenge": [challenge_of("community-1").pk],
        "challenges:initiative": [initiative_of("2-2").pk],
        "challenges:model": [2],
    }
    client, page = client_of(alice), reverse(name, args=keys.get(name, []))
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    own = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) == PINNED[name], "\n".join(own)
