"""The command line, the API, links and search."""

import io
import json

import pytest
from django.core.management.base import CommandError

from yui.governance.statistics import finding
from yui.governance.statistics.commands import import_
from yui.governance.statistics.commands import list as list_
from yui.governance.statistics.facts import SourceFacts
from yui.governance.statistics.models import Intake, Observation, Series, Source
from yui.governance.statistics.operations import save_source
from yui.kernel.links import resolve
from yui.kernel.search.models import DirtyDocument

pytestmark = pytest.mark.django_db
TABLE = "地域,2023年,2024年\n港区,1.5,2\n新宿区,X,3\nどこか,1,1\n"


def run(command, *arguments):
    out = io.StringIO()
    made = command.Command(stdout=out)
    parser = made.create_parser("yui", "statistics")
    made.execute(**{**vars(parser.parse_args(list(arguments))), "no_color": True, "force_color": False})
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


MAKING = ("--source", "survey-x", "--title", "題", "--publisher", "機関", "--licence", "cc-by-4.0")
SERIES = ("--series", "rate", "--series-title", "率", "--unit", "%", "--topic", "people")


def test_a_file_is_loaded_once(organisations, file):
    told = json.loads(run(import_, str(file), *MAKING, *SERIES, "--retrieved-on", "2026-06-01", "--json"))
    assert told == {
        "series": ["rate"], "new": 4, "changed": 0, "known": 0, "older": 0,
        "refused": [{"row": "4", "what": "どこか", "why": told["refused"][0]["why"]}],
    }  # fmt: skip
    series = Series.objects.unscoped("test").select_related("source__organisation").get()
    assert (series.title, series.unit, series.topic) == ("率", "%", "people")
    assert (series.source.organisation.code, series.source.visibility) == ("JB-OFFICE", "wards")
    again = json.loads(
        run(import_, str(file), "--source", "survey-x", *SERIES, "--retrieved-on", "2026-06-01", "--json")
    )
    assert (again["new"], again["known"]) == (0, 4) and Intake.objects.unscoped("test").count() == 1
    assert "何も変えていません" in run(
        import_, str(file), "--source", "survey-x", *SERIES, "--retrieved-on", "2026-06-01"
    )
    assert "2024年" in run(list_) and json.loads(run(list_, "--json"))[0]["source"] == "survey-x"
    assert json.loads(run(list_, "--topic", "costs", "--json")) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--source"),
        (("--source", "new"), "--title"),
        ((*MAKING, "--organisation", "999999"), "999999"),
        ((*MAKING, "--retrieved-on", "2999-01-01"), "future"),
        ((*MAKING, "--licence", "own"), "本文"),
        (("--source", "Big"), "Big"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_made(organisations, file, arguments, said):
    with pytest.raises(CommandError, match=said):
        run(import_, str(file), *arguments)
    assert not Source.objects.unscoped("test").exists() and not Observation.objects.unscoped("test").exists()


def test_a_source_for_a_file_that_is_refused_is_not_left_behind(organisations, file, tmp_path):
    with pytest.raises(CommandError, match="系列を選んで"):
        run(import_, str(file), *MAKING, "--series", "one", "--series", "two")
    with pytest.raises(CommandError, match="No such file"):
        run(import_, str(tmp_path / "nothing"), *MAKING)
    assert not Source.objects.unscoped("test").exists()


def test_the_api_tells_what_the_reader_may_see(survey, own_survey, make_series, bob, charlie, client_of):
    make_series(
        survey, "rate", [("131032", 2024, "X"), ("131032", 2023, 5), ("131041", 2023, 6)], topic="people"
    )
    make_series(own_survey, "secret", [("131032", 2024, 7)])
    listed = client_of(charlie).get("/api/v1/statistics").json()
    assert [each["code"] for each in listed] == ["rate"] and listed[0]["source"]["licence"] == "CC BY 4.0"
    assert client_of(bob).get("/api/v1/statistics", {"topic": "other"}).json()[0]["code"] == "secret"
    told = client_of(charlie).get("/api/v1/statistics/rate", {"area": "131032"}).json()
    assert [(each["period"], each["value"], each["missing"]) for each in told["values"]] == [
        ("2023年", "5", ""),
        ("2024年", None, "X"),
    ]
    assert client_of(charlie).get("/api/v1/statistics/secret").status_code == 404
    assert client_of(bob).get("/api/v1/statistics/secret").status_code == 200


def test_links_lead_where_the_reader_may_go(survey, own_survey, make_series, bob, charlie, actor_of):
    make_series(survey, "rate", [("131032", 2024, 7)])
    make_series(own_survey, "secret", [("131032", 2024, 7)])
    kept = Intake.objects.unscoped("test").order_by("pk")
    urns = ["yui:statistics.series:rate", "yui:statistics.series:secret"]
    urns += [f"yui:statistics.source:{own_survey.pk}", f"yui:statistics.intake:{kept[1].pk}"]
    assert set(resolve(urns, actor_of(charlie))) == {"yui:statistics.series:rate"}
    assert set(resolve(urns, actor_of(bob))) == set(urns)


def test_search_finds_series_and_hears_of_changes(survey, make_series, system_actor, secretariat):
    make_series(survey, "rate", description="くわしい内容")
    document = finding.one("rate")
    assert document.title == "系列rate" and "くわしい内容" in document.body and document.visibility == "wards"
    assert [each.urn for each in finding.documents(None)] == ["yui:statistics.series:rate"]
    DirtyDocument.objects.all().delete()
    facts = SourceFacts("survey", "架空の調査", "架空の統計", visibility="own")
    save_source(system_actor, organisation=secretariat, facts=facts, source=survey)
    assert DirtyDocument.objects.filter(urn="yui:statistics.series:rate").exists()
