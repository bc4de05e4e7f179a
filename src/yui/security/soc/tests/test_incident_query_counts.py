"""Pins how many queries the pages of incidents cost; with fifty records as with one."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yui.security.soc.operations import incidents
from yui.security.soc.tests.incident_records import keep_file, make_system, start

pytestmark = pytest.mark.django_db
PINNED = json.loads(Path(__file__).with_name("query_counts.json").read_text(encoding="utf-8"))
PAGES = {
    "incidents": "/soc/incidents/",
    "incident": "/soc/incidents/{key}/",
    "incident-timeline": "/soc/incidents/{key}/timeline/",
    "incident-tasks": "/soc/incidents/{key}/tasks/",
    "incident-systems": "/soc/incidents/{key}/systems/",
    "incident-evidence": "/soc/incidents/{key}/evidence/",
    "incident-papers": "/soc/incidents/{key}/papers/",
    "incident-alerts": "/soc/incidents/{key}/alerts/",
    "incident-report": "/soc/incidents/{key}/report/",
    "response-times": "/soc/incidents/response-times/",
    "ward-notices": "/soc/incidents/notices/",
}


@pytest.fixture
def filled(system_actor, minato):
    """An incident with several of everything, beside others of its ward."""
    for _each in range(5):
        start(system_actor, minato)
    found = start(system_actor, minato, category="ransomware")
    for number in range(3):
        code = f"MN-{number:03d}"
        make_system(system_actor, minato, code)
        incidents.affect_system(system_actor, incident=found, system_code=code)
        incidents.add_note(system_actor, incident=found, text="経過", tlp="green", for_wards=True)
        keep_file(system_actor, found, f"image {number}".encode())
    return found.pk


def test_every_page_costs_the_pinned_number_of_queries(filled, bob, client_of):
    client = client_of(bob)
    for name, address in PAGES.items():
        page = address.format(key=filled)
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        own = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(own) == PINNED.get(name), "\n".join([name, *own])
