"""What is logged, counted and answered for each request."""

import json
import logging
import os
import subprocess
import sys

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse

from yui.kernel.observe.faults import BUSY, DISK_FULL, UNREACHABLE, fault_of
from yui.kernel.observe.logging import REMOVED, logging_settings, remove_secrets
from yui.kernel.observe.middleware import RequestObservation


def observed(rf, path="/jobs/?q=secret-words", view=None, **headers):
    request = rf.get(path, headers=headers)
    return RequestObservation(view or (lambda request: HttpResponse("ok")))(request)


def test_each_answer_carries_its_identifier(rf):
    assert len(observed(rf).headers["X-Request-ID"]) == 32
    assert observed(rf, **{"X-Request-ID": "abc-12345678"}).headers["X-Request-ID"] == "abc-12345678"


def test_an_identifier_that_could_forge_a_log_line_is_replaced(rf):
    assert (
        observed(rf, **{"X-Request-ID": 'x"} {"forged": 1}'}).headers["X-Request-ID"] != 'x"} {"forged": 1}'
    )


def test_the_line_has_no_address_and_no_query_string(rf):
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "yui.conf.settings"}
    code = (
        "import logging.config, django; django.setup()\n"
        "from yui.kernel.observe.logging import logging_settings\n"
        "logging.config.dictConfig(logging_settings())\n"
        "from django.test import RequestFactory; from django.http import HttpResponse\n"
        "from yui.kernel.observe.middleware import RequestObservation\n"
        "RequestObservation(lambda r: HttpResponse('ok'))(RequestFactory().get('/people/sato/?q=himitsu'))\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    line = json.loads(ran.stderr.strip().splitlines()[-1])
    assert (line["event"], line["status"], line["method"], line["queries"]) == ("request", 200, "GET", 0)
    assert line["ms"] >= 0
    assert line["request_id"]
    assert "sato" not in ran.stderr
    assert "himitsu" not in ran.stderr


@pytest.mark.parametrize(
    ("event", "gone"),
    [
        ({"password": "hunter2"}, "hunter2"),
        ({"csrf_token": "abc123"}, "abc123"),
        ({"event": "connect postgres://yui:hunter2@db/yui"}, "hunter2"),
        ({"event": "header Authorization: Bearer abc.def"}, "abc.def"),
        ({"exception": 'token="abc123" was refused'}, "abc123"),
    ],
)
def test_secrets_never_reach_the_log(event, gone):
    told = remove_secrets(None, "info", dict(event))
    assert gone not in json.dumps(told)
    assert REMOVED in json.dumps(told)


def test_ordinary_words_stay_in_the_log():
    event = {"event": "request", "route": "jobs/", "status": 200}
    assert remove_secrets(None, "info", dict(event)) == event


def test_the_logging_configuration_is_valid():
    logging.config.DictConfigurator(logging_settings()).config["handlers"]


def _with_cause(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (OperationalError("database is locked"), BUSY),
        (OperationalError("database or disk is full"), DISK_FULL),
        (OSError(28, "No space left on device"), DISK_FULL),
        (OperationalError("connection refused"), UNREACHABLE),
        (
            _with_cause(ValueError("while reading"), OperationalError("server closed the connection")),
            UNREACHABLE,
        ),
        (OperationalError("no such table: jobs"), None),
        (OSError(2, "No such file"), None),
        (ValueError("bug"), None),
    ],
)
def test_faults_are_told_apart_from_bugs(error, fault):
    assert fault_of(error) is fault


@pytest.mark.django_db
def test_a_full_disk_gives_a_clear_page_without_a_trace(client):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("database or disk is full")

    client.raise_request_exception = False
    with connection.execute_wrapper(refuse):
        answer = client.get("/healthz/web")
        page = client.get("/jobs/", headers={"Cookie": f"sessionid={'a' * 32}"})
    assert answer.status_code == 503
    assert page.status_code == 503
    text = page.content.decode()
    assert "空き容量がありません" in text
    assert "Traceback" not in text
    assert "OperationalError" not in text
    assert page.headers["Retry-After"]
    assert "style=" not in text


def test_a_database_that_is_not_there_gives_503_on_pages_and_api():
    """A whole process whose PostgreSQL refuses the connection."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "yui.conf.settings",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
    }
    code = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "c = Client(raise_request_exception=False, HTTP_HOST='127.0.0.1')\n"
        "c.cookies['sessionid'] = 'a' * 32\n"
        "for path in ('/jobs/', '/api/v1/none', '/healthz'):\n"
        "    if path == '/healthz': c.cookies.clear()\n"
        "    r = c.get(path); print(r.status_code, r.content.decode().replace(chr(10), ' '))\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    page, api, health = ran.stdout.strip().splitlines()
    assert page.startswith("503")
    assert "データベースにつながりません" in page
    assert "Traceback" not in page
    assert api.startswith("503")
    assert "database_unreachable" in api
    assert health.startswith("503")
    assert '"database": {"ok": false' in health
