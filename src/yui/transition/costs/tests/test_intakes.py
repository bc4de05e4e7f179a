"""A file from the screen is kept, read, looked at, and imported once, by the page or by a worker."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from yui.kernel.policy import PermissionRefused
from yui.kernel.tasks.models import Job, JobState
from yui.kernel.tasks.operations import cancel_job
from yui.kernel.tasks.pulse import Progress, pulse_store
from yui.kernel.tasks.worker import JobWorker
from yui.transition.costs import kept_files
from yui.transition.costs.models import BillImport, FileIntake, IntakeState
from yui.transition.costs.operations import hand_over_intake
from yui.transition.costs.operations.apply_intake import apply_intake
from yui.transition.costs.operations.hand_over_intake import APPLY
from yui.transition.costs.views import importing, intake

pytestmark = pytest.mark.django_db


def upload(path, name="bill.csv"):
    return {"organisation": "131032", "kind": "", "file": SimpleUploadedFile(name, path.read_bytes())}


def only():
    return FileIntake.objects.unscoped("test").select_related("organisation").get()


@pytest.fixture
def large(monkeypatch):
    """Let every file count as a large one."""
    monkeypatch.setattr(importing, "FOREGROUND_BYTES", 10)
    monkeypatch.setattr(intake, "FOREGROUND_BYTES", 10)


def send(client, path):
    answer = client.post(reverse("costs:import"), upload(path))
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def test_a_file_is_shown_before_it_is_taken_in(client_of, alice, bill_file, lake):
    client = client_of(alice)
    address = send(client, bill_file({}, {"BilledCost": "x"}))
    page = client.get(address).content.decode()
    assert "10.5 JPY" in page and "BilledCost" in page
    assert not BillImport.objects.unscoped("test").exists()
    assert not list(lake.rglob("*.parquet"))
    assert "bill.csv" in client.get(reverse("costs:import")).content.decode()
    done = client.post(f"{address}apply/", follow=True).content.decode()
    assert "読んだ 2 行 = 取り込んだ 1 行 + 取り込めなかった 1 行 + 対象外の 0 行" in done
    bill = BillImport.objects.unscoped("test").get()
    assert bill.rows_rejected == 1
    assert bill.get_absolute_url() in done
    assert not kept_files.path_of(only().kept_as).exists()
    assert client.post(f"{address}apply/").status_code == 302
    assert BillImport.objects.unscoped("test").count() == 1


def test_a_refused_file_says_why_on_the_page(client_of, alice, bill_file, lake):
    client = client_of(alice)
    page = client.post(reverse("costs:import"), upload(bill_file({}, without=("BilledCost",))))
    assert page.status_code == 422
    assert "BilledCost" in page.content.decode()
    assert "Traceback" not in page.content.decode()
    assert only().state == IntakeState.FAILED
    assert client.post(reverse("costs:intake-apply", args=[only().pk])).status_code in {302, 409}
    assert not BillImport.objects.unscoped("test").exists()


def test_the_same_content_again_changes_nothing_and_says_so(client_of, alice, bill_file, take_in):
    path = bill_file({})
    take_in(path)
    client = client_of(alice)
    done = client.post(f"{send(client, path)}apply/", follow=True).content.decode()
    assert "何も変わっていません" in done
    assert BillImport.objects.unscoped("test").count() == 1


def test_expenditure_adds_up_with_the_rows_of_others(client_of, alice, tmp_path, lake, minato):
    path = tmp_path / "e.csv"
    path.write_text("年度,団体コード,歳出総額(千円)\n2025,131032,5\n2025,131041,6\n", "utf-8")
    client = client_of(alice)
    done = client.post(f"{send(client, path)}apply/", follow=True).content.decode()
    assert "読んだ 2 行 = 取り込んだ 1 行 + 取り込めなかった 0 行 + 対象外の 1 行" in done


def test_viewers_and_strangers_cannot_upload_or_see(client_of, alice, bob, charlie, bill_file, lake):
    assert client_of(bob).post(reverse("costs:import"), upload(bill_file({}))).status_code == 403
    refused = client_of(charlie).post(reverse("costs:import"), upload(bill_file({})))
    assert refused.status_code == 422
    assert not FileIntake.objects.unscoped("test").exists()
    address = send(client_of(alice), bill_file({}))
    assert client_of(bob).get(address).status_code == 200
    for verb in ("apply", "cancel"):
        assert client_of(bob).post(f"{address}{verb}/").status_code == 403
        assert client_of(charlie).post(f"{address}{verb}/").status_code == 404
    assert client_of(charlie).get(address).status_code == 404
    assert "bill.csv" not in client_of(charlie).get(reverse("costs:import")).content.decode()
    assert only().state == IntakeState.PREVIEWED


def test_a_large_file_is_read_and_imported_by_a_worker(client_of, alice, bill_file, lake, large):
    client = client_of(alice)
    address = send(client, bill_file({}, {"BilledCost": "x"}))
    waiting = client.get(address).content.decode()
    assert 'http-equiv="refresh"' in waiting and "処理しています" in waiting
    JobWorker().drain()
    assert "10.5 JPY" in client.get(address).content.decode()
    assert client.post(f"{address}apply/").status_code == 302
    assert only().state == IntakeState.APPLYING
    assert client.post(f"{address}apply/").status_code == 409
    assert client.post(f"{address}cancel/").status_code == 409
    job = Job.objects.unscoped("test").get(pk=only().job_id)
    Job.objects.unscoped("test").filter(pk=job.pk).update(state=JobState.RUNNING, attempts=1)
    job.refresh_from_db()
    pulse_store().beat(job.pk, 1, Progress(40, 100, "行を読んで確かめています"))
    assert "行を読んで確かめています" in client.get(address).content.decode()
    Job.objects.unscoped("test").filter(pk=job.pk).update(state=JobState.QUEUED, attempts=0)
    part = client.get(address, headers={"HX-Target": "div#intake"}).content.decode()
    assert 'hx-trigger="every 2s"' in part and "<html" not in part
    JobWorker().drain()
    assert "読んだ 2 行 = 取り込んだ 1 行" in client.get(address).content.decode()
    assert only().bill == BillImport.objects.unscoped("test").get()


def test_a_cancelled_job_leaves_a_file_that_can_be_applied_or_given_up(
    client_of, alice, actor_of, bill_file, lake, large
):
    client = client_of(alice)
    address = send(client, bill_file({}))
    JobWorker().drain()
    client.post(f"{address}apply/")
    job = Job.objects.unscoped("test").get(pk=only().job_id)
    cancel_job(actor_of(alice), job=job)
    JobWorker().drain()
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert "途中で止まりました" in client.get(address).content.decode()
    assert not BillImport.objects.unscoped("test").exists()
    client.post(f"{address}cancel/")
    assert "取りやめました" in client.get(address).content.decode()
    assert not kept_files.path_of(only().kept_as).exists()
    assert client.post(f"{address}apply/").status_code == 409


def test_a_file_that_is_gone_is_said_to_be_gone(client_of, alice, bill_file, lake):
    client = client_of(alice)
    address = send(client, bill_file({}))
    kept_files.let_go(only().kept_as)
    page = client.post(f"{address}apply/")
    assert page.status_code == 409
    assert "もう一度選んでください" in page.content.decode()


def test_files_that_nobody_decided_about_go_after_a_week(client_of, alice, bill_file, lake, monkeypatch):
    send(client_of(alice), bill_file({}))
    old = kept_files.path_of(only().kept_as)
    monkeypatch.setattr(kept_files, "KEPT_SECONDS", -1)
    send(client_of(alice), bill_file({"BilledCost": "2"}))
    assert not old.exists()


def test_only_those_who_may_import_apply(actor_of, alice, bob, client_of, bill_file, lake):
    send(client_of(alice), bill_file({}))
    with pytest.raises(PermissionRefused):
        apply_intake(actor_of(bob), only().pk)
    with pytest.raises(PermissionRefused):
        hand_over_intake.hand_over_intake(actor_of(bob), intake=only(), kind=APPLY)
    assert not BillImport.objects.unscoped("test").exists()


def test_a_reading_that_is_told_to_stop_imports_nothing(actor_of, alice, client_of, bill_file, lake):
    class Told(Exception):
        pass

    def stop(step, percent):
        raise Told

    send(client_of(alice), bill_file({}))
    with pytest.raises(Told):
        apply_intake(actor_of(alice), only().pk, stop)
    assert not BillImport.objects.unscoped("test").exists()
    assert apply_intake(actor_of(alice), only().pk).state == IntakeState.APPLIED
