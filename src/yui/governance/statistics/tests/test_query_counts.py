"""Pins how many queries each page costs, session and memberships included, however many figures there are."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yui.governance.statistics.models import Intake
from yui.kernel.scope.models import Organisation

pytestmark = pytest.mark.django_db
PINNED = json.loads(Path(__file__).with_name("query_counts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_page_costs_the_pinned_number_of_queries(name, survey, make_series, alice, client_of):
    wards = Organisation.objects.wards()
    values = [(ward.code, year, year) for ward in wards for year in range(2015, 2025)]
    for number in range(3):
        make_series(survey, f"rate-{number}", values)
    keys = {
        "statistics:intake": [Intake.objects.unscoped("test").latest("pk").pk],
        "statistics:series": ["rate-1"],
        "statistics:source": [survey.pk],
    }
    client = client_of(alice)
    page = reverse(name, args=keys.get(name, []))
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    own = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) == PINNED[name], "\n".join(own)
