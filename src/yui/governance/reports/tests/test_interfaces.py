"""API and command line: the same reports, to the same readers."""

import io
import json

import pytest
from django.core.management.base import CommandError

from yui.governance.reports.commands.list import Command as List
from yui.governance.reports.commands.make import Command as Make
from yui.governance.reports.commands.verify import Command as Verify
from yui.governance.reports.formats.files import MAKERS
from yui.governance.reports.models import Report
from yui.governance.reports.operations import keep_file
from yui.governance.reports.tests.conftest import editions
from yui.kernel.paper import NoJapaneseFont

pytestmark = pytest.mark.django_db
FORMATS = {"pdf", "docx", "xlsx"}


def run(command, *arguments):
    """What a command prints."""
    out = io.StringIO()
    made = command(stdout=out, stderr=io.StringIO())
    options = made.create_parser("yui", "x").parse_args(list(arguments))
    made.handle(**vars(options))
    return out.getvalue()


def test_the_api_gives_a_report_with_editions_and_content(own, joint, alice, charlie, client_of):
    listed = client_of(alice).get("/api/v1/reports").json()
    assert {each["id"] for each in listed} == {own.pk, joint.pk}
    told = client_of(alice).get(f"/api/v1/reports/{own.pk}").json()
    assert told["editions"][0]["sha256"] == editions(own)[0].sha256
    assert told["content"]["languages"]["ja"]["whose"] == "港区"
    assert (told["first_day"], told["last_day"], told["state"]) == ("2026-10-01", "2026-10-31", "draft")
    assert [each["id"] for each in client_of(charlie).get("/api/v1/reports").json()] == [joint.pk]
    assert client_of(charlie).get(f"/api/v1/reports/{own.pk}").status_code == 404


def test_reports_are_made_and_written_by_the_command(own, tmp_path):
    told = json.loads(
        run(
            Make,
            "--kind",
            "monthly",
            "--period",
            "2026-09",
            "--organisation",
            "131032",
            "--out",
            str(tmp_path),
            "--json",
        )
    )
    assert [(each["organisation"], each["is_new"]) for each in told] == [("131032", True)]
    written = {path.suffix[1:] for path in tmp_path.iterdir()}
    assert written >= FORMATS - {"pdf"} and len(told[0]["files"]) in (4, 6)
    again = run(Make, "--kind", "monthly", "--period", "2026-09")
    assert again.startswith("= 131032 2026-09-01 #1")
    assert Report.objects.unscoped("test").count() == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--kind", "monthly", "--period", "2026-13"), "わかりません"),
        (("--kind", "annual", "--period", "2199"), "まだ終わっていません"),
        (("--kind", "monthly", "--period", "2026-10", "--organisation", "131041"), "報告の型はありません"),
        (("--kind", "annual", "--period", "2024"), "報告の型はありません"),
    ],
)
def test_the_command_says_what_is_wrong(own, arguments, said):
    with pytest.raises(CommandError, match=said):
        run(Make, *arguments)


def test_reports_are_listed(own, joint):
    rows = json.loads(run(List, "--json"))
    assert {row["organisation"] for row in rows} == {"131032", "JB-OFFICE"}
    assert editions(own)[0].sha256[:16] in run(List)


def test_verifying_ends_with_a_fault_where_bytes_differ(own, system_actor, monkeypatch):
    keep_file(system_actor, edition=editions(own)[0], language="en", file_format="docx")
    assert "2 / 2 = same" in run(Verify)
    assert {each["finding"] for each in json.loads(run(Verify, "--json"))} == {"same"}
    monkeypatch.setitem(MAKERS, "docx", lambda content, language: b"other")
    with pytest.raises(CommandError, match="1件が元と違います"):
        run(Verify)


def test_a_machine_without_the_font_makes_what_it_can(own, tmp_path, monkeypatch):
    def without_font(content, language):
        raise NoJapaneseFont

    monkeypatch.setitem(MAKERS, "pdf", without_font)
    run(Make, "--kind", "monthly", "--period", "2026-10", "--out", str(tmp_path))
    assert {path.suffix for path in tmp_path.iterdir()} == {".docx", ".xlsx"}
