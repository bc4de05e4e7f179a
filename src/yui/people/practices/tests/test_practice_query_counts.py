"""Pins how many queries each page of practices costs; with many records as with one."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yui.kernel.calendar_jp import Month, today
from yui.kernel.demonstration import Demonstration
from yui.kernel.scope.querysets import unscoped_allowed
from yui.people.practices.demo.practices import seed_practices
from yui.people.practices.models import Adoption, Practice

PINNED = json.loads(Path(__file__).with_name("practice_query_counts.json").read_text(encoding="utf-8"))
MOST = 14
"""Reading the session, the person and the memberships (three) included."""


@pytest.fixture
def filled(minato, shinjuku, bob, charlie):
    """Two wards with three years of practices and adoptions."""
    last = Month.of(today())
    with unscoped_allowed("demonstration data"):
        seed_practices(Demonstration(Month(last.year - 3, last.month), last, [minato, shinjuku]))


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_page_costs_the_pinned_number_of_queries(name, filled, bob, client_of):
    adoption = Adoption.objects.unscoped("test").order_by("pk").first()
    kept = Practice.objects.unscoped("test").get(pk=adoption.practice_id)
    key = {"adoption": [adoption.pk], "practice": [kept.pk], "practice-spread": [kept.pk]}.get(name, [])
    client, page = client_of(bob), reverse(f"practices:{name}", args=key)
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    own = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) == PINNED[name], "\n".join(own)


def test_no_page_costs_more_than_allowed():
    assert {name: count for name, count in PINNED.items() if count > MOST} == {}
