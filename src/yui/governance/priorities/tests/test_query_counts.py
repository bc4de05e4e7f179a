"""Pins how many queries each page costs, session and memberships included, however many wards weigh."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yui.governance.priorities.operations import set_weights
from yui.governance.priorities.tests.conftest import parts
from yui.kernel.scope.models import Organisation

pytestmark = pytest.mark.django_db
PINNED = json.loads(Path(__file__).with_name("query_counts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_page_costs_the_pinned_number_of_queries(name, deliberated, alice, client_of, system_actor):
    for ward in Organisation.objects.wards()[:4]:
        set_weights(system_actor, priority_set=deliberated, ward=ward, parts=parts(cost=ward.pk))
    client = client_of(alice)
    page = reverse(name, args=[] if name == "priorities:sets" else [deliberated.pk])
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    own = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) == PINNED[name], "\n".join(own)
