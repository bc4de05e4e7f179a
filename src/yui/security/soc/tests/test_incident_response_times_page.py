"""The page of response times: three clocks, by month and ward, only of wards that the reader sees."""

import pytest
from django.urls import reverse

from yui.security.soc.models import MomentKind
from yui.security.soc.operations import incidents
from yui.security.soc.tests.alert_records import entrust
from yui.security.soc.tests.incident_records import HOUR, moments, start

pytestmark = pytest.mark.django_db


def test_an_empty_page_teaches(alice, client_of):
    page = client_of(alice).get(reverse("soc:response-times")).content.decode()
    assert "対応時間の記録がまだありません" in page


def test_figures_chart_and_table_stand_together(alice, jun, charlie, client_of, system_actor, minato, soc):
    incident = start(system_actor, minato, hours_ago=50)
    incidents.record_moment(
        system_actor,
        incident=incident,
        kind=MomentKind.CONTAINED,
        at=moments(incident)[0].at + 30 * HOUR,
        note="記録から",
    )
    start(system_actor, minato, hours_ago=100)
    address = reverse("soc:response-times")
    page = client_of(alice).get(address).content.decode()
    assert "30.0" in page and "目標の24時間を超えています" in page and "≥" in page
    assert "<svg" in page and "表で見る" in page
    for clock in ("acknowledge", "detect"):
        assert client_of(alice).get(f"{address}?clock={clock}").status_code == 200
    assert client_of(alice).get(f"{address}?clock=x").status_code == 404
    assert client_of(alice).get(f"{address}?ward=131041").status_code == 404
    for stranger in (charlie, jun):
        assert "30.0" not in client_of(stranger).get(address).content.decode()
    entrust(minato, soc)
    assert "30.0" in client_of(jun).get(address).content.decode()
