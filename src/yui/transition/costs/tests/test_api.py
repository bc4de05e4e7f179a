"""The read endpoints: exact amounts, and the same wall as the pages."""

import pytest

from yui.transition.costs.models import TotalExpenditure

pytestmark = pytest.mark.django_db
LISTS = ["bills", "expenditure", "rates", "summary"]


@pytest.fixture
def bill(bill_file, take_in):
    """港区's bill of two lines."""
    return take_in(bill_file({}, {"BilledCost": "0.000000000000000001", "ResourceId": "vm-2"})).bill


def test_members_read_and_strangers_learn_nothing(bill, bob, charlie, client_of):
    mine = client_of(bob).get("/api/v1/costs/bills").json()
    assert (mine["count"], mine["items"][0]["billed"]) == (1, {"JPY": "10.500000000000000001"})
    assert client_of(bob).get(f"/api/v1/costs/bills/{bill.pk}").json()["organisation_code"] == "131032"
    assert client_of(charlie).get("/api/v1/costs/bills").json() == {"count": 0, "items": []}
    assert client_of(charlie).get(f"/api/v1/costs/bills/{bill.pk}").status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_a_visitor_is_refused(name, client):
    assert client.get(f"/api/v1/costs/{name}").status_code == 401


def test_sums_are_exact_and_within_the_reach_of_the_reader(bill, bob, charlie, client_of):
    address = "/api/v1/costs/summary?by=month,category&first=2026-05&last=2026-05"
    items = client_of(bob).get(address).json()["items"]
    assert [item["key"] for item in items] == [["2026-05", "cloud"]]
    assert items[0]["yen"] == "10.500000000000000001"
    assert client_of(charlie).get(address).json()["items"] == []
    assert client_of(bob).get("/api/v1/costs/summary?last=2026-04").json()["items"] == []


@pytest.mark.parametrize("question", ["by=person", "metric=guessed", "first=yesterday", "by="])
def test_a_question_that_cannot_be_answered_is_told_so(question, bob, client_of):
    assert client_of(bob).get(f"/api/v1/costs/summary?{question}").status_code == 422


def test_published_totals_are_everybodys(minato, charlie, client_of):
    TotalExpenditure.objects.create(
        organisation=minato, visibility="public", fiscal_year=2026, kind="budget", amount_yen=5, source="架空"
    )
    items = client_of(charlie).get("/api/v1/costs/expenditure").json()["items"]
    assert [(item["organisation_code"], item["amount_yen"]) for item in items] == [("131032", 5)]
