"""``GET /api/v1/indicators`` and the records behind a figure."""

import pytest

from yui.governance.indicators.tests.conftest import BPR
from yui.organisations.models import User

pytestmark = pytest.mark.django_db
KEYS = [
    "code", "level", "pillar", "title", "value", "unit", "target", "status", "numerator", "denominator",
    "records", "ward", "month", "measure", "note",
]  # fmt: skip
ADDRESS = "/api/v1/indicators"


def test_the_tree_has_the_promised_shape(offer, systems, alice, client_of):
    offer(lambda scope, month: 60)
    rows = client_of(alice).get(ADDRESS, {"month": "2026-10"}).json()
    assert len(rows) == 15
    assert all(list(row) == KEYS for row in rows)
    assert rows[1] | {"title": "", "records": 0} == {
        "code": "1-KSI-1", "level": "KSI", "pillar": 1, "title": "", "value": 60.0, "unit": "percent",
        "target": 80.0, "status": "遅れ", "numerator": 30.0, "denominator": 50.0, "records": 0,
        "ward": "joint", "month": "2026-10", "measure": BPR, "note": "",
    }  # fmt: skip


def test_where_there_is_no_data_the_value_is_null(offer, alice, client_of):
    rows = client_of(alice).get(ADDRESS, {"month": "2026-10"}).json()
    assert {(row["value"], row["status"], row["records"]) for row in rows} == {(None, "データなし", 0)}
    assert {row["numerator"] for row in rows} == {None}


def test_all_scopes_are_24_trees(alice, client_of):
    rows = client_of(alice).get(ADDRESS, {"ward": "all"}).json()
    assert len(rows) == 24 * 15


@pytest.mark.parametrize(
    "query", [{"month": "soon"}, {"month": "0001-01"}, {"ward": "999999"}, {"ward": "131000"}]
)
def test_a_question_that_cannot_be_answered_is_refused(query, alice, client_of):
    assert client_of(alice).get(ADDRESS, query).status_code == 400


def test_records_are_those_that_the_reader_may_see(offer, systems, alice, charlie, client_of):
    offer(lambda scope, month: 60)
    query = {"month": "2026-10", "ward": "131032"}
    own = client_of(alice).get(f"{ADDRESS}/1-ksi-1/records", query).json()
    foreign = client_of(charlie).get(f"{ADDRESS}/1-ksi-1/records", query).json()
    assert own["count"] == len(own["records"]) > 20
    assert {record["cells"]["ward"] for record in own["records"]} == {"港区"}
    assert own["records"][0]["url"].startswith("/systems/")
    assert foreign == {"count": 0, "records": []}


def test_the_count_of_records_in_the_tree_is_the_reader_s_too(offer, systems, alice, charlie, client_of):
    offer(lambda scope, month: 60)
    query = {"month": "2026-10", "ward": "131032"}
    assert client_of(alice).get(ADDRESS, query).json()[1]["records"] > 0
    assert client_of(charlie).get(ADDRESS, query).json()[1]["records"] == 0


def test_records_come_a_page_at_a_time(offer, systems, alice, client_of):
    offer(lambda scope, month: 60)
    query = {"month": "2026-10", "ward": "131032", "limit": 3, "offset": 2}
    part = client_of(alice).get(f"{ADDRESS}/1-ksi-1/records", query).json()
    whole = client_of(alice).get(f"{ADDRESS}/1-ksi-1/records", query | {"limit": 200, "offset": 0}).json()
    assert part["records"] == whole["records"][2:5]


def test_unknown_indicators_and_people_get_nothing(alice, client_of, client):
    assert client_of(alice).get(f"{ADDRESS}/9-kgi-9/records").status_code == 404
    assert client.get(ADDRESS).status_code == 401


def test_a_person_without_membership_is_refused(client_of, organisations):
    user = User.objects.create_user(username="nobody", email="nobody@example.jp", name_ja="Nobody")
    assert client_of(user).get(ADDRESS).status_code == 403
