"""The page FOCUSの検査: small files at once, large ones by a worker, seen by the sender alone."""

import os
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from yui.kernel.ledger.models import Entry
from yui.kernel.tasks.models import Job
from yui.kernel.tasks.worker import JobWorker
from yui.transition.costs import kept_checks
from yui.transition.costs.tests.focus_rows import GOOD, write_focus
from yui.transition.costs.views import focus_check

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(lake, settings, tmp_path, client_of):
    """Send a file in as somebody, and return the answer."""
    settings.FOCUS_MODELS = tmp_path / "models"

    def post(user, *rows, content=None, **options):
        path = write_focus(tmp_path / "請求.csv", *rows)
        file = SimpleUploadedFile("請求.csv", path.read_bytes() if content is None else content)
        return client_of(user).post(
            reverse("costs:focus-check"), {"organisation": "131032", "file": file, **options}
        )

    return post


def test_a_small_file_is_examined_at_once(send, alice, client_of, settings):
    answer = send(alice, {}, {"BilledCost": "<b>x</b>"})
    page = client_of(alice).get(answer["Location"]).content.decode()
    for text in ("請求.csv", "BilledCost.type", "3 行目", "&lt;b&gt;x&lt;/b&gt;", "Yui の規則", "違反"):
        assert text in page
    assert "<b>x" not in page and "style=" not in page
    assert "EffectiveCost.type" not in page
    assert not list(settings.FILES.rglob("*.upload"))


def test_rules_are_filtered_by_status_and_paged(send, alice, client_of):
    address = send(alice, {"BilledCost": "x"})["Location"]
    client = client_of(alice)
    assert "BilledCost.present" in client.get(address + "?status=pass").content.decode()
    assert "BilledCost.type" not in client.get(address + "?status=pass").content.decode()
    assert "AVAILABILITY_ZONE_SUPPORTED" in client.get(address + "?status=not_applicable").content.decode()
    assert "page=2" in client.get(address + "?status=").content.decode()
    assert client.get(address + "?status=nonsense").status_code == 200
    assert client.get(address + "?page=999").status_code == 200


def test_a_good_file_says_so_and_criteria_can_be_declared(send, alice, client_of):
    address = send(alice, {})["Location"]
    assert "違反はありません" in client_of(alice).get(address).content.decode()
    strict = send(alice, {}, criteria="on", version="1.2")["Location"]
    assert "RegionId.present" in client_of(alice).get(strict).content.decode()


def test_only_the_sender_sees_the_result(send, alice, bob, charlie, jun, client_of):
    address = send(alice, {"BilledCost": "x"})["Location"]
    for user in (bob, charlie, jun):
        assert client_of(user).get(address).status_code == 404
        assert client_of(user).get(address + "export.csv").status_code == 404
    for key in ("00000000-0000-4000-8000-000000000000", "no-key"):
        assert client_of(alice).get(reverse("costs:focus-check-result", args=[key])).status_code == 404


def test_viewers_cannot_send_files(send, bob, client_of):
    assert client_of(bob).get(reverse("costs:focus-check")).status_code == 403
    assert send(bob, {}).status_code == 403


def test_the_verdicts_are_downloaded_and_the_download_recorded(send, alice, client_of):
    address = send(alice, {"BilledCost": "=1+1"})["Location"]
    client = client_of(alice)
    csv = client.get(address + "export.csv").content.decode("utf-8-sig")
    assert "BilledCost.type" in csv and "違反" in csv and "EffectiveCost.type" in csv
    assert client.get(address + "export.xlsx").content.startswith(b"PK")
    assert client.get(address + "export.exe").status_code == 404
    assert Entry.objects.filter(subject__contains="costs.focus_check").count() == 2


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"", b"PAR1 damaged"])
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(send, alice, settings, content):
    answer = send(alice, content=content)
    page = answer.content.decode()
    assert answer.status_code == (200 if content == b"" else 422)
    assert "Traceback" not in page and str(settings.FILES) not in page
    folder = settings.FILES / "costs-checks"
    assert not folder.exists() or not list(folder.iterdir())


def test_a_large_file_is_examined_by_a_worker(
    send, alice, client_of, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(focus_check, "SMALL", 10)
    with django_capture_on_commit_callbacks(execute=True):
        address = send(alice, {"BilledCost": "x"})["Location"]
    waiting = client_of(alice).get(address)
    assert "検査しています" in waiting.content.decode()
    assert client_of(alice).get(address + "export.csv").status_code == 404
    JobWorker().drain()
    assert Job.objects.unscoped("test").get().state == "succeeded"
    assert "BilledCost.type" in client_of(alice).get(address).content.decode()


def test_a_large_file_that_cannot_be_read_says_so_on_the_same_page(
    send, alice, client_of, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(focus_check, "SMALL", 1)
    with django_capture_on_commit_callbacks(execute=True):
        address = send(alice, content=b"a,b\n1,2\n")["Location"]
    JobWorker().drain()
    page = client_of(alice).get(address).content.decode()
    assert "検査できません" in page and "FOCUS の列" in page


def test_what_was_sent_is_forgotten_after_a_week(send, alice, client_of, settings):
    first = send(alice, {})["Location"]
    old = time.time() - kept_checks.KEPT_SECONDS - 60
    for path in (settings.FILES / "costs-checks").iterdir():
        os.utime(path, (old, old))
    second = send(alice, {})["Location"]
    assert client_of(alice).get(first).status_code == 404
    assert client_of(alice).get(second).status_code == 200


def test_the_page_stands_in_its_section_and_asks_to_sign_in(client, client_of, alice, lake):
    page = client_of(alice).get(reverse("costs:focus-check")).content.decode()
    assert "FOCUSの検査" in page and "data-dropzone" in page
    assert client.get(reverse("costs:focus-check")).status_code == 302


def test_an_empty_text_is_told_from_nothing(send, alice, client_of):
    head, row = write_lines({"ServiceName": "@", "BilledCost": ""})
    answer = send(alice, content=f"{head}\n{row.replace('@', '')}\n".encode())
    page = client_of(alice).get(answer["Location"]).content.decode()
    assert "(空)" in page and "(長さ0の文字)" not in page
    quoted = send(alice, content=f"{head}\n{row}\n".replace("Compute", '""').encode())
    assert "(長さ0の文字)" in client_of(alice).get(quoted["Location"]).content.decode()


def write_lines(cells):
    """The heading and one row of a CSV, as text."""
    row = GOOD | cells | {"Tags": ""}
    return ",".join(row), ",".join(row.values())


def test_cells_come_before_missing_columns(send, alice, client_of):
    address = send(alice, {"Tags": "{"}, version="1.4")["Location"]
    page = client_of(alice).get(address).content.decode()
    assert page.index("<code>Tags.format") < page.index("<code>HostProviderName.present")
