"""/metrics and /healthz: what they say, and to whom."""

import pytest

from yui.kernel.tasks.operations import enqueue
from yui.kernel.tasks.pulse import pulse_store
from yui.kernel.tasks.registry import job

pytestmark = pytest.mark.django_db
STRANGER = {"REMOTE_ADDR": "192.0.2.7"}


@job("test.metrics", title="計測")
def nothing(run) -> None: ...


@pytest.fixture
def token(settings):
    settings.METRICS_TOKEN = "a-long-token"
    return {"Authorization": "Bearer a-long-token"}


def test_metrics_tell_requests_jobs_and_ledger(client, alice, actor_of, minato):
    enqueue(actor_of(alice), minato, "test.metrics")
    client.get("/healthz/web")
    text = client.get("/metrics").content.decode()
    assert 'yui_http_requests_total{method="GET",status="200",view="observe:healthz_web"}' in text
    assert 'yui_jobs{kind="test.metrics",state="queued"} 1.0' in text
    assert "yui_ledger_entries " in text
    assert "yui_build_info{" in text
    assert "yui_http_request_database_queries_bucket" in text


def test_metrics_are_for_this_machine_and_for_the_token(client, token):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", **STRANGER).status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}, **STRANGER).status_code == 403
    assert client.get("/metrics", headers=token, **STRANGER).status_code == 200


def test_what_came_through_a_local_proxy_is_no_local_caller(client):
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403


def test_without_a_token_no_token_opens(client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}, **STRANGER).status_code == 403


def test_health_names_each_part_and_wants_a_worker(client):
    pulse_store().worker_gone("w1")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["worker"]["ok"] is False
    pulse_store().worker_alive("w1")
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert set(answer.json()["parts"]) == {"database", "migrations", "lake", "worker", "disk"}
    pulse_store().worker_gone("w1")


def test_health_tells_strangers_no_detail(client, token):
    told = client.get("/healthz/web", **STRANGER).json()
    assert told == {"status": "ok", "parts": {"database": {"ok": True}, "migrations": {"ok": True}}}
    assert "detail" in client.get("/healthz/web", headers=token, **STRANGER).json()["parts"]["database"]


def test_a_lake_that_cannot_be_written_is_told(client, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings.LAKE = blocked / "lake"
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["lake"]["ok"] is False


def test_a_disk_nearly_full_is_told(client, settings):
    settings.MINIMUM_FREE_MB = 10**9
    assert client.get("/healthz").json()["parts"]["disk"]["ok"] is False
