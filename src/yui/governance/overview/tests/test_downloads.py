"""Each panel's table as a file, and the records behind what is measured now."""

import io
import json
import zipfile

import pytest

from yui.governance.statistics.models import Series
from yui.kernel.ledger.models import Entry
from yui.organisations.public import User
from yui.registry.facts import SystemFacts
from yui.registry.operations import register_system

pytestmark = pytest.mark.django_db
MONTH = {"month": "2026-10"}


def sent(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def exported() -> tuple[str, int]:
    """What the ledger says was taken away, and how many rows it had."""
    data = json.loads(Entry.objects.get(verb="exchange.export.record").payload)["data"]
    return data["what"], data["rows"]


def test_a_panel_is_sent_as_csv_with_its_source(everything, alice, client_of):
    answer = client_of(alice).get("/overview/costs/ratio.csv", MONTH)
    lines = sent(answer).decode("utf-8-sig").splitlines()
    assert answer["Content-Type"].startswith("text/csv")
    assert lines[0].startswith("月,港区(%),区の中央値(%),23区全体(%)")
    assert lines[36].startswith("2026年10月,3,12.5,12")
    assert any("指標 1-KGI-1" in line for line in lines[37:])
    assert exported() == ("overview.costs.ratio", 36)


def test_a_panel_is_sent_as_a_workbook(everything, alice, client_of):
    answer = client_of(alice).get("/overview/migration/matrix.xlsx", MONTH)
    with zipfile.ZipFile(io.BytesIO(sent(answer))) as archive:
        texts = archive.read("xl/worksheets/sheet1.xml").decode()
        texts += (
            archive.read("xl/sharedStrings.xml").decode()
            if "xl/sharedStrings.xml" in archive.namelist()
            else ""
        )
    assert "港区" in texts and "移行済" in texts


def test_numbers_are_numbers_and_formulas_are_text(make_series, secretariat, alice, client_of):
    make_series(
        secretariat, "f", [("131032", 2025, 5)], topic="people", address="https://statistics.example/"
    )
    Series.objects.unscoped("test").filter(code="f").update(unit='=HYPERLINK("x")', title="+1+1")
    lines = (
        sent(client_of(alice).get("/overview/people/statistics-f.csv", MONTH))
        .decode("utf-8-sig")
        .splitlines()
    )
    assert lines[1].split(",")[1] == "5"
    assert not any(line.startswith(("=", "+")) for line in lines)


@pytest.mark.parametrize(
    "address",
    [
        "/overview/costs/ratio.pdf",
        "/overview/costs/nothing.csv",
        "/overview/nothing/ratio.csv",
        "/overview/threats/ratio.csv",
    ],
)
def test_what_is_no_panel_and_no_format_answers_404(address, everything, alice, client_of):
    assert client_of(alice).get(address, MONTH).status_code == 404


def test_a_panel_without_figures_has_no_file(alice, client_of):
    assert client_of(alice).get("/overview/costs/ratio.csv", MONTH).status_code == 404
    assert not Entry.objects.filter(verb="exchange.export.record").exists()


def test_who_works_for_no_organisation_is_refused(everything, client_of):
    client = client_of(
        User.objects.create_user(username="nobody", email="nobody@ward.example", name_ja="誰か")
    )
    for address in (
        "/overview/",
        "/overview/costs/",
        "/overview/costs/ratio.csv",
        "/overview/records/soc.detections/",
    ):
        assert client.get(address, MONTH).status_code == 403


@pytest.fixture
def systems(system_actor, minato, shinjuku):
    """A system of each ward, seen by its ward alone."""
    for ward, name in ((minato, "港のシステム"), (shinjuku, "新宿のシステム")):
        register_system(
            system_actor,
            organisation=ward,
            facts=SystemFacts(
                code="S-1", name=name, category="internal", hosting="on_premises", network_zone="lgwan"
            ),
        )


def test_records_behind_a_figure_are_those_that_the_reader_may_see(
    everything, systems, alice, charlie, client_of
):
    address = "/overview/records/soc.detections/"
    own = client_of(alice).get(address, MONTH | {"ward": ""}).content.decode()
    assert "港のシステム" in own and "新宿のシステム" not in own and "12件" in own
    other = client_of(charlie).get(address, MONTH | {"ward": "131032"}).content.decode()
    assert "あなたが見られる記録はありません" in other and "港のシステム" not in other


def test_records_are_sent_as_a_file(everything, systems, alice, client_of):
    answer = client_of(alice).get("/overview/records/soc.detections/", MONTH | {"download": "csv"})
    lines = sent(answer).decode("utf-8-sig").splitlines()
    assert lines[:2] == ["区,コード,名称", "港区,S-1,港のシステム"]
    assert exported() == ("overview.records.soc.detections", 1)


def test_a_figure_without_records_says_what_is_missing(offer, alice, client_of):
    definition = offer("soc.detections", lambda scope, period: None)
    definition.lacking(lambda scope, period: ["ログがまだありません。"])
    text = client_of(alice).get("/overview/records/soc.detections/", MONTH).content.decode()
    assert "ログがまだありません。" in text and "ゼロではありません。" in text
    page = client_of(alice).get("/overview/threats/", MONTH).content.decode()
    assert "ログがまだありません。" in page


@pytest.mark.parametrize("code", ["soc.serious", "registry.availability", "../x", "soc.detections"])
def test_a_measure_that_no_panel_shows_has_no_page(code, alice, client_of):
    assert client_of(alice).get(f"/overview/records/{code}/").status_code == 404
