"""What people see and may press."""

import pytest

from yui.kernel.tasks.models import JobState
from yui.kernel.tasks.operations import enqueue
from yui.kernel.tasks.registry import job
from yui.kernel.tasks.worker import JobWorker

pytestmark = pytest.mark.django_db


@job("test.page", title="ページの処理")
def page_job(run) -> None:
    run.progress(1, 2, "半分です")


@pytest.fixture
def asked(alice, actor_of, minato):
    return enqueue(actor_of(alice), minato, "test.page")


def test_colleagues_see_the_job_and_strangers_do_not(asked, bob, charlie, client_of):
    page = client_of(bob).get("/jobs/")
    assert "ページの処理" in page.content.decode()
    assert client_of(bob).get(asked.get_absolute_url()).status_code == 200
    assert "ページの処理" not in client_of(charlie).get("/jobs/").content.decode()
    assert client_of(charlie).get(asked.get_absolute_url()).status_code == 404


def test_nobody_signed_out_sees_jobs(asked, client):
    assert client.get("/jobs/").status_code == 302
    assert client.get(asked.get_absolute_url()).status_code == 302


def test_a_viewer_has_no_button_and_may_not_cancel(asked, bob, client_of):
    browser = client_of(bob)
    assert "取り消す" not in browser.get(asked.get_absolute_url()).content.decode()
    assert browser.post(f"/jobs/{asked.pk}/cancel/").status_code == 403
    asked.refresh_from_db()
    assert asked.state == JobState.QUEUED


def test_a_stranger_cannot_even_try(asked, charlie, client_of):
    assert client_of(charlie).post(f"/jobs/{asked.pk}/cancel/").status_code == 404


def test_an_officer_cancels_and_retries(asked, alice, client_of):
    browser = client_of(alice)
    assert "取り消す" in browser.get(asked.get_absolute_url()).content.decode()
    page = browser.post(f"/jobs/{asked.pk}/cancel/", follow=True).content.decode()
    assert "やり直す" in page
    browser.post(f"/jobs/{asked.pk}/retry/")
    JobWorker().drain()
    asked.refresh_from_db()
    assert asked.state == JobState.SUCCEEDED


def test_an_open_job_refreshes_without_scripts_and_an_ended_one_stands_still(asked, alice, client_of):
    browser = client_of(alice)
    assert 'http-equiv="refresh"' in browser.get(asked.get_absolute_url()).content.decode()
    JobWorker().drain()
    page = browser.get(asked.get_absolute_url()).content.decode()
    assert 'http-equiv="refresh"' not in page
    assert "hx-trigger" not in page


def test_htmx_gets_the_changing_part_and_reloads_at_the_end(asked, alice, client_of):
    browser = client_of(alice)
    part = browser.get(asked.get_absolute_url(), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "HX-Refresh" not in part.headers
    JobWorker().drain()
    assert (
        browser.get(asked.get_absolute_url(), headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    )
