"""The pages of imports: for those who may, without scripts, with everything said."""

import io
import json

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from yui.kernel.exchange.commands.import_ import Command
from yui.kernel.exchange.models import ImportRun, RunState
from yui.kernel.exchange.operations import hand_over, preview_run
from yui.kernel.exchange.tests.bodies import GOOD, MIXED


@pytest.fixture
def post_file(bodies, client_of, alice, minato):
    def post(data: bytes, name: str = "市.csv", user=None):
        form = {"file": SimpleUploadedFile(name, data), "organisation": minato.pk}
        client = client_of(user or alice)
        return client, client.post(reverse("exchange:new", args=["tests.bodies"]), form)

    return post


def test_the_start_page_explains_the_columns(bodies, client_of, alice):
    html = client_of(alice).get(reverse("exchange:new", args=["tests.bodies"])).content.decode()
    for column in bodies.columns:
        assert column.title_ja in html
    assert "data-dropzone" in html
    assert "style=" not in html


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_template_can_be_read_back(bodies, client_of, alice, tmp_path, settings, file_format):
    from yui.kernel.exchange.checking import match_columns
    from yui.kernel.exchange.formats.tabular import read_table

    settings.IS_DEMONSTRATION = False
    response = client_of(alice).get(reverse("exchange:blank", args=["tests.bodies", file_format]))
    path = tmp_path / "blank"
    path.write_bytes(response.content)
    match = match_columns(bodies, read_table(path, expected=bodies.expected))
    assert len(match.positions) == len(bodies.columns)
    if file_format == "xlsx":
        assert len(openpyxl.load_workbook(io.BytesIO(response.content)).sheetnames) == 2


def test_a_file_goes_from_form_to_result(post_file, bodies_count):
    client, response = post_file(GOOD)
    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert "八王子市" in page
    assert "Shift_JIS" in page
    assert bodies_count() == 0
    run = ImportRun.objects.unscoped("test").get()
    done = client.post(reverse("exchange:apply", args=[run.pk]), follow=True).content.decode()
    assert "読んだ 3 行 = 取り込んだ 3 行 + 変わらない 0 行 + 除いた 0 行" in done
    assert bodies_count() == 3
    assert "市.csv" in client.get(reverse("exchange:index")).content.decode()


def test_errors_are_shown_in_their_cells_and_downloaded(post_file, bodies_count):
    client, response = post_file(MIXED)
    page = client.get(response["Location"]).content.decode()
    assert page.count("data-invalid") >= 5
    assert "検査数字が合いません" in page
    assert "誤りのある行を除いて取り込む" in page
    run = ImportRun.objects.unscoped("test").get()
    refused = client.post(reverse("exchange:apply", args=[run.pk]))
    assert refused.status_code == 409
    assert "何も変えていません" in refused.content.decode()
    assert bodies_count() == 0
    listing = b"".join(client.get(reverse("exchange:errors", args=[run.pk])).streaming_content).decode()
    assert listing.startswith("\ufeff行,列,書かれていた値,誤り,直し方\r\n3,団体コード,132022,")
    applied = client.post(reverse("exchange:apply", args=[run.pk]), {"skip_errors": "1"}, follow=True)
    assert "除いた 3 行" in applied.content.decode()
    assert bodies_count() == 2


def test_a_refused_file_is_told_on_its_page(post_file):
    client, response = post_file(b"%PDF-1.7")
    page = client.get(response["Location"]).content.decode()
    assert "表のファイルではありません" in page
    assert "Traceback" not in page


def test_the_second_time_is_told(post_file):
    client, _response = post_file(GOOD)
    first = ImportRun.objects.unscoped("test").get()
    client.post(reverse("exchange:apply", args=[first.pk]))
    client, _response = post_file(GOOD, name="../../again.csv")
    second = ImportRun.objects.unscoped("test").exclude(pk=first.pk).get()
    assert second.original_name == "again.csv"
    again = client.post(reverse("exchange:apply", args=[second.pk]))
    assert again.status_code == 409
    assert "取り込み済み" in again.content.decode()


def test_progress_is_shown_with_and_without_scripts(sent, actor_of, alice, client_of):
    run = sent(GOOD)
    hand_over(actor_of(alice), run=run, kind="exchange.preview")
    page = client_of(alice).get(run.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert '<meta http-equiv="refresh"' in page
    part = client_of(alice).get(run.get_absolute_url(), headers={"HX-Target": "div#run"}).content.decode()
    assert "<html" not in part


def test_a_run_can_be_given_up(sent, client_of, alice):
    run = sent(GOOD)
    client_of(alice).post(reverse("exchange:cancel", args=[run.pk]))
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED


def test_who_is_not_signed_in_is_sent_to_sign_in(sent, client):
    run = sent(GOOD)
    addresses = [
        reverse("exchange:index"),
        reverse("exchange:new", args=["tests.bodies"]),
        reverse("exchange:blank", args=["tests.bodies", "csv"]),
        reverse("exchange:errors", args=[run.pk]),
        run.get_absolute_url(),
    ]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 302
        assert reverse("account_login") in response["Location"]
    for name in ("apply", "cancel"):
        assert client.post(reverse(f"exchange:{name}", args=[run.pk])).status_code == 302


def test_nothing_crosses_between_wards_or_roles(sent, client_of, actor_of, alice, bob, charlie):
    run = preview_run(actor_of(alice), sent(GOOD).pk)
    stranger, viewer = client_of(charlie), client_of(bob)
    for name in ("run", "errors"):
        assert stranger.get(reverse(f"exchange:{name}", args=[run.pk])).status_code == 404
    for name in ("apply", "cancel"):
        assert stranger.post(reverse(f"exchange:{name}", args=[run.pk])).status_code == 404
        assert viewer.post(reverse(f"exchange:{name}", args=[run.pk])).status_code == 403
    assert viewer.get(reverse("exchange:run", args=[run.pk])).status_code == 200
    assert viewer.get(reverse("exchange:new", args=["tests.bodies"])).status_code == 403
    assert stranger.get("/api/v1/imports/" + str(run.pk)).status_code == 404
    run.refresh_from_db()
    assert run.state == RunState.PREVIEWED


def test_the_api_sends_reads_and_applies(bodies, client_of, alice, minato, bodies_count):
    client = client_of(alice)
    form = {
        "importer": "tests.bodies",
        "organisation": minato.code,
        "file": SimpleUploadedFile("市.csv", GOOD),
    }
    created = client.post("/api/v1/imports", form)
    assert created.status_code == 201, created.content
    assert (created.json()["state"], created.json()["rows_read"]) == ("previewed", 3)
    address = f"/api/v1/imports/{created.json()['id']}"
    assert client.post(f"{address}/apply").json()["rows_accepted"] == 3
    assert client.get(address).json()["state"] == "applied"
    assert bodies_count() == 3
    refused = client.post("/api/v1/imports", {**form, "file": SimpleUploadedFile("x", b"")})
    assert refused.status_code == 422


@pytest.fixture
def call(bodies):
    """A function that runs the command and returns what it wrote, and the sentence it ended with."""

    def call(*words: str) -> tuple[str, str]:
        written = io.StringIO()
        try:
            call_command(Command(), *words, stdout=written)
        except CommandError as error:
            return written.getvalue(), str(error)
        return written.getvalue(), ""

    return call


def test_the_command_imports_and_counts(call, minato, tmp_path, bodies_count):
    path = tmp_path / "市.csv"
    path.write_bytes(GOOD)
    words = (str(path), "--kind", "tests.bodies", "--ward", minato.code)
    seen = json.loads(call(*words, "--json", "--preview")[0])
    assert (seen["state"], seen["accepted"]) == ("previewed", 0)
    assert "読んだ 3 行 = 取り込んだ 3" in call(*words)[0]
    written, error = call(*words, "--json")
    assert "取り込み済み" in error
    assert "取り込み済み" in json.loads(written)["error"]
    assert bodies_count() == 3


def test_the_command_lists_row_errors(call, minato, tmp_path, bodies_count):
    path = tmp_path / "市.csv"
    path.write_bytes(MIXED)
    words = (str(path), "--kind", "tests.bodies", "--ward", minato.code)
    written, error = call(*words)
    assert "3行 団体コード: 検査数字が合いません。" in written
    assert "3 行" in error
    assert bodies_count() == 0
    done = json.loads(call(*words, "--skip-errors", "--json")[0])
    assert (done["read"], done["accepted"], done["rejected"], len(done["errors"])) == (5, 2, 3, 7)


@pytest.mark.parametrize("wrong", ["--kind", "--ward", "path"])
def test_the_command_says_what_is_wrong(call, minato, tmp_path, wrong):
    path = tmp_path / "市.csv"
    path.write_bytes(GOOD)
    given = {"path": str(path), "--kind": "tests.bodies", "--ward": minato.code, wrong: "999999"}
    _written, error = call(given["path"], "--kind", given["--kind"], "--ward", given["--ward"])
    assert "999999" in error
