"""The views as data: by the API and by the command line."""

import io
import json

import pytest
from django.core.management.base import CommandError

from yui.governance.overview.commands.overview import Command
from yui.governance.overview.panels.views import VIEWS

pytestmark = pytest.mark.django_db


def run(*arguments) -> str:
    """Run the command as the command line does."""
    out = io.StringIO()
    command = Command(stdout=out)
    command.handle(**vars(command.create_parser("yui", "overview").parse_args(arguments)))
    return out.getvalue()


@pytest.mark.parametrize("code", VIEWS)
def test_the_api_gives_every_panel_with_rows_and_sources(code, everything, alice, client_of):
    answer = client_of(alice).get(f"/api/v1/overview/{code}", {"month": "2026-10", "ward": "131032"})
    found = answer.json()
    assert (found["code"], found["month"], found["ward"]) == (code, "2026-10", "131032")
    for panel in found["panels"]:
        assert panel["has_data"] and panel["finding"] and panel["sources"] and panel["as_of"]
        assert {len(row) for row in panel["rows"]} == {len(panel["columns"])}


def test_numbers_are_numbers_and_no_data_is_null(everything, alice, client_of):
    found = client_of(alice).get("/api/v1/overview/costs", {"month": "2026-10", "ward": "131024"}).json()
    panels = {panel["code"]: panel for panel in found["panels"]}
    assert panels["ratio"]["rows"][-1][:2] == ["2026年10月", 12.5]
    assert "中央区には値がありません。" in panels["ratio"]["finding"]
    assert ["台東区", 6] in panels["per-resident"]["rows"]


def test_panels_without_records_say_what_to_do(alice, client_of):
    found = client_of(alice).get("/api/v1/overview/people").json()
    assert found["panels"] and not any(panel["has_data"] for panel in found["panels"])
    assert all(panel["advice"] and not panel["rows"] for panel in found["panels"])


def test_wrong_questions_are_answered_as_such(alice, client_of):
    client = client_of(alice)
    assert client.get("/api/v1/overview/nothing").status_code == 404
    assert client.get("/api/v1/overview/costs", {"ward": "131999"}).status_code == 400
    assert client.get("/api/v1/overview/costs", {"month": "x" * 9000}).status_code == 400


def test_who_is_not_signed_in_gets_nothing(db, client):
    assert client.get("/api/v1/overview/costs").status_code in (401, 403)


def test_the_command_prints_all_views_or_one(everything):
    every = json.loads(run("--month", "2026-10", "--json"))
    assert [view["code"] for view in every] == list(VIEWS)
    one = json.loads(run("--view", "threats", "--ward", "131041", "--month", "2026-10", "--json"))
    assert one["ward"] == "131041" and one["panels"][0]["code"] == "serious"
    text = run("--view", "migration", "--month", "2026-10")
    assert "移行の残り" in text and "情報システム台帳の標準化移行の記録(40件)" in text
    assert "標準化移行の予定日" not in text


def test_the_command_says_what_is_missing_and_what_is_wrong(db):
    assert "標準化移行の予定日と実施日を" in run("--view", "migration")
    for arguments in (("--view", "x"), ("--ward", "131999"), ("--month", "2026-13")):
        with pytest.raises(CommandError) as problem:
            run(*arguments)
        assert problem.value.returncode == 2
