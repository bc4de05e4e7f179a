"""Incidents by command line, API, search and the periodic job."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from ninja.testing import TestClient

from yui.kernel.calendar_jp import now
from yui.kernel.links import urn
from yui.security.soc import finding_incidents
from yui.security.soc.api_incidents import router
from yui.security.soc.commands.incidents import Command
from yui.security.soc.models import MomentKind
from yui.security.soc.operations import incidents
from yui.security.soc.operations.incidents.facts import PersonalDataFacts
from yui.security.soc.tests.alert_records import entrust
from yui.security.soc.tests.incident_records import HOUR, moments, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(system_actor, minato):
    found = start(system_actor, minato, hours_ago=10, title="漏えい\x1b[31m")
    incidents.assess_personal_data(system_actor, incident=found, facts=PersonalDataFacts(leaked_people=2000))
    incidents.record_moment(
        system_actor,
        incident=found,
        kind=MomentKind.CONTAINED,
        at=moments(found)[0].at + 6 * HOUR,
        note="記録から",
    )
    return found


def run(*arguments):
    """What the command prints."""
    out = StringIO()
    call_command(Command(stdout=out), *arguments)
    return out.getvalue()


def test_the_command_lists_times_and_papers(incident, system_actor, shinjuku):
    other = start(system_actor, shinjuku, hours_ago=3)
    incidents.judge_false(system_actor, incident=other, reason="試験")
    listed = json.loads(run("--json"))
    assert [each["organisation_code"] for each in listed] == ["131041", "131032"]
    mine = listed[1]
    assert (mine["hours_to_contain"], mine["is_serious"], mine["state"]) == (6.0, True, "contained")
    assert {paper["code"] for paper in mine["open_papers"]} >= {"ppc_preliminary", "ppc_final"}
    assert mine["times"]["detected"].endswith("+09:00")
    assert [each["number"] for each in json.loads(run("--open", "--json"))] == [incident.number]
    assert json.loads(run("--ward", "131041", "--json"))[0]["rounds"] == []
    plain = run("--open")
    assert "6.0h" in plain and "\x1b" not in plain
    with pytest.raises(CommandError, match="999999"):
        run("--ward", "999999")


def test_the_api_shows_each_reader_his_own(incident, actor_of, alice, charlie, jun, minato, soc):
    api = TestClient(router)

    def ask(person, path):
        return api.get(path, actor=actor_of(person))

    assert ask(alice, "/incidents?open=true").json()["count"] == 1
    assert ask(alice, "/incidents?open=false").json()["count"] == 0
    assert ask(alice, f"/incidents/{incident.pk}").json()["hours_to_contain"] == 6.0
    for stranger in (charlie, jun):
        assert ask(stranger, "/incidents").json() == {"items": [], "count": 0}
        assert ask(stranger, f"/incidents/{incident.pk}").status_code == 404
    entrust(minato, soc)
    assert ask(jun, "/incidents?organisation=131032").json()["count"] == 1


def test_links_lead_only_those_who_may_see(incident, actor_of, alice, charlie):
    resolve = finding_incidents.RESOLVERS["soc.incident"]
    found = resolve([str(incident.pk), "x", "9" * 30], actor_of(alice))
    assert found[str(incident.pk)].urn == urn("soc.incident", incident.pk)
    assert resolve([str(incident.pk)], actor_of(charlie)) == {}


def test_search_reads_incidents_as_their_ward_s_own(incident):
    document = finding_incidents.one_incident(str(incident.pk))
    assert (document.organisation_code, document.visibility) == ("131032", "own")
    assert incident.number in document.tags
    assert [each.urn for each in finding_incidents.incident_documents(None)] == [document.urn]
    assert list(finding_incidents.incident_documents(now() + HOUR)) == []
    assert finding_incidents.one_incident("0") is None


def test_the_job_watches_the_papers(incident, system_actor):
    from yui.security.soc.jobs_incidents import watch_papers

    class Run:
        actor = system_actor

    assert watch_papers(Run()) == {"told": 0}
