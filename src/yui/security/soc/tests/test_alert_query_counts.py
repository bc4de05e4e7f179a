"""Pins how many queries the pages of alerts cost; with a hundred records as with one."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yui.security.soc.models import AlertGroup
from yui.security.soc.operations.alerts import raise_alerts
from yui.security.soc.tests.alert_records import make_fact, make_rule

pytestmark = pytest.mark.django_db
PINNED = json.loads(Path(__file__).with_name("query_counts.json").read_text(encoding="utf-8"))
PAGES = {
    "alerts": "/soc/alerts/",
    "alerts?alert": "/soc/alerts/?alert={key}",
    "alerts?technique": "/soc/alerts/?technique=T1003",
    "alert": "/soc/alerts/{key}/",
    "alert-news": "/soc/alerts/news/?newest=1",
    "sightings": "/soc/sightings/",
    "overview": "/soc/",
    "wall": "/soc/wall/",
}


@pytest.fixture
def filled(system_actor, minato, soc):
    """A hundred groups of one ward."""
    rule = make_rule(soc)
    facts = [make_fact(rule, n, host=f"PC-{n % 100}", minutes=n % 3) for n in range(200)]
    raise_alerts(system_actor, ward=minato, facts=facts)
    return AlertGroup.objects.unscoped("test").first().pk


def test_every_page_costs_the_pinned_number_of_queries(filled, bob, client_of):
    client = client_of(bob)
    for name, address in PAGES.items():
        page = address.format(key=filled)
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        own = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(own) == PINNED[name], "\n".join([name, *own])
