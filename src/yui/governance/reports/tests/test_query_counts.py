"""Pins how many queries each page costs, session and memberships included, however many notes there are."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yui.governance.reports.facts import NoteFacts
from yui.governance.reports.operations import add_note, close_report, publish_report

pytestmark = pytest.mark.django_db
PINNED = json.loads(Path(__file__).with_name("query_counts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_page_costs_the_pinned_number_of_queries(name, own, joint, anna, client_of, system_actor):
    for count in range(5):
        add_note(system_actor, report=own, facts=NoteFacts("risk", f"{count}", is_public=True))
    close_report(system_actor, report=own)
    publish_report(system_actor, report=own)
    client = client_of(anna)
    parts = {"reports:plan": [own.plan_id], "reports:report": [own.pk], "reports:public-report": [own.pk]}
    page = reverse(name, args=parts.get(name, []))
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    own_ones = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own_ones) == PINNED[name], "\n".join(own_ones)
