"""Proposals through the API: what the reader may see, and no name that is hidden."""

import pytest

from yui.kernel.calendar_jp import FiscalYear
from yui.people.practices.operations.proposals import cast_vote, freeze_baseline
from yui.people.practices.tests.proposal_records import take_in_many

BASE = "/api/v1/proposals"


def test_the_list_is_narrowed_and_counted(way, bob, charlie, client_of, days_later):
    way.submitted()
    way.in_review(kind="issue")
    own = client_of(bob)
    assert own.get(BASE).json()["count"] == 2
    assert own.get(f"{BASE}?stage=review").json()["items"][0]["kind"] == "issue"
    assert own.get(f"{BASE}?kind=idea&overdue=true").json()["count"] == 0
    days_later(90)
    assert own.get(f"{BASE}?overdue=true").json()["count"] == 2
    assert client_of(charlie).get(BASE).json() == {"count": 0, "items": []}


def test_one_proposal_with_its_effects_and_votes(way, anna, bob, actor_of, client_of):
    proposal = way.measured()
    shown = client_of(bob).get(f"{BASE}/{proposal.pk}").json()
    assert shown["number"] == proposal.number and shown["authors"] == ["Bob"]
    assert float(shown["effects"][0]["hours"]) == 60 and shown["votes"] == 0
    open_one = way.submitted()
    cast_vote(actor_of(anna), proposal=open_one)
    assert client_of(bob).get(f"{BASE}/{open_one.pk}").json()["votes"] == 1


@pytest.mark.parametrize("stage", ["draft", "submitted"])
def test_the_stranger_learns_nothing(way, charlie, client_of, stage):
    proposal = getattr(way, stage)()
    assert client_of(charlie).get(f"{BASE}/{proposal.pk}").status_code == 404


def test_hidden_authors_are_hidden_here_too(way, alice, bob, client_of):
    proposal = way.submitted(is_anonymous=True)
    answer = client_of(alice).get(f"{BASE}/{proposal.pk}")
    assert answer.json()["authors"] == [] and "Bob" not in answer.content.decode()
    assert client_of(bob).get(f"{BASE}/{proposal.pk}").json()["authors"] == ["Bob"]


def test_growth_and_baselines_are_shared_by_all_wards(system_actor, minato, charlie, client_of):
    take_in_many(system_actor, minato, 2)
    freeze_baseline(system_actor, ward=minato, kind="idea", fiscal_year=FiscalYear(2025))
    client = client_of(charlie)
    (baseline,) = client.get(f"{BASE}/baselines").json()
    assert (baseline["organisation_code"], baseline["count"]) == ("131032", 2)
    growth = client.get(f"{BASE}/growth?fiscal_year=2025").json()
    ward = next(each for each in growth["wards"] if each["organisation_code"] == "131032")
    other = next(each for each in growth["wards"] if each["organisation_code"] == "131041")
    assert ward["counts"]["2025"] == 2 and other["counts"]["2025"] is None
    assert growth["ratio"] is None and ward["baseline"] == 2
