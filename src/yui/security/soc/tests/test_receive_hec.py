"""Splunk's HTTP Event Collector, answer by answer."""

import base64
import gzip
import json
import urllib.error
import urllib.request

import pytest

from yui.security.soc.queue.log import QueueLimits
from yui.security.soc.receivers.limits import ReceiverLimits
from yui.security.soc.tests.receiving import MINATO, SHINJUKU, Running

TOKEN = {"Authorization": "Splunk minato-secret"}
GOOD = b'{"event": "sshd: failed password", "host": "web1"}'


@pytest.fixture
def running(tmp_path):
    with Running(tmp_path / "queue") as receivers:
        yield receivers


def post(running, path, body=b"", headers=TOKEN, method="POST"):
    """Return status, JSON and headers of an answer."""
    request = urllib.request.Request(running.url + path, data=body, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.loads(answer.read() or b"{}"), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"{}"), error.headers


def test_an_event_is_on_the_disk_when_success_is_said(running):
    status, answer, _ = post(running, "/services/collector", GOOD)
    assert (status, answer) == (200, {"text": "Success", "code": 0})
    delivery = running.taken()[0]
    assert (delivery.ward, delivery.sender, list(delivery.raws)) == (MINATO, "minato-token", [GOOD])
    assert delivery.acknowledged


@pytest.mark.parametrize(
    "path",
    ["/services/collector", "/services/collector/event", "/services/collector/event/1.0"],
)
@pytest.mark.parametrize("between", [b"", b"\n", b"\r\n\r\n", b" "])
def test_concatenated_events(running, path, between):
    events = [b'{"event":{"n":%d,"text":"} {"},"time":"1700000000.5"}' % n for n in range(5)]
    assert post(running, path, between.join(events))[0] == 200
    assert running.raws() == events


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Splunk minato-secret"},
        {"Authorization": "splunk  minato-secret "},
        {"Authorization": "Bearer minato-secret"},
        {"Authorization": "Basic " + base64.b64encode(b"x:minato-secret").decode()},
        {"Authorization": "Splunk minato-secret", "Content-Type": "application/x-www-form-urlencoded"},
    ],
)
def test_ways_to_show_a_token(running, headers):
    assert post(running, "/services/collector", GOOD, headers)[0] == 200


@pytest.mark.parametrize(
    ("headers", "path", "status", "code"),
    [
        ({}, "", 401, 2),
        ({"Authorization": "minato-secret"}, "", 401, 3),
        ({"Authorization": "Basic not-base64"}, "", 401, 3),
        ({"Authorization": "Splunk wrong"}, "", 403, 4),
        ({"Authorization": "Splunk minato-secre"}, "", 403, 4),
        ({}, "?token=minato-secret", 400, 16),
    ],
)
def test_unknown_senders(running, headers, path, status, code):
    found, answer, _ = post(running, "/services/collector" + path, GOOD, headers)
    assert (found, answer["code"]) == (status, code)
    assert running.taken() == []


def test_a_token_in_the_query_where_it_is_allowed(tmp_path):
    with Running(tmp_path, options={"allow_query_token": True}) as running:
        assert post(running, "/services/collector?token=minato-secret", GOOD, {})[0] == 200


def test_the_payload_cannot_choose_the_ward(running):
    body = json.dumps({"event": "x", "index": SHINJUKU, "ward": SHINJUKU, "fields": {"ward": SHINJUKU}})
    headers = {**TOKEN, "X-Ward": SHINJUKU}
    assert post(running, f"/services/collector?ward={SHINJUKU}", body.encode(), headers)[0] == 200
    assert {one.ward for one in running.taken()} == {MINATO}


@pytest.mark.parametrize(
    ("body", "code", "number", "events"),
    [
        (b"", 5, None, 0),
        (b" \n ", 5, None, 0),
        (b"hello", 6, 0, 0),
        (GOOD + b'{"event": ', 6, 1, 1),
        (b'{"host": "a"}', 12, 0, 0),
        (GOOD + b'{"event": ""}' + GOOD, 13, 1, 2),
        (b'{"event": null}', 13, 0, 0),
        (b"17", 6, 0, 0),
        (b'{"event":' + b"[" * 5000 + b"]" * 5000 + b"}", 6, 0, 0),
    ],
)
def test_bad_data_is_kept_aside_and_told_by_its_number(running, body, code, number, events):
    status, answer, _ = post(running, "/services/collector", body)
    assert (status, answer["code"]) == (400, code)
    assert answer.get("invalid-event-number") == number
    assert len(running.raws()) == events
    rejected = [raw for one in running.taken() if one.wire_format == "rejected" for raw in one.raws]
    assert len(rejected) == (0 if number is None else 1)


def test_gzip(running):
    body = gzip.compress(GOOD * 100)
    assert post(running, "/services/collector", body, {**TOKEN, "Content-Encoding": "gzip"})[0] == 200
    assert len(running.raws()) == 100


@pytest.mark.parametrize("cut", [1, 5, 20, -1, -9])
def test_damaged_gzip_is_refused(running, cut):
    body = gzip.compress(GOOD * 100)[:cut]
    status, answer, _ = post(running, "/services/collector", body, {**TOKEN, "Content-Encoding": "gzip"})
    assert (status, answer["code"]) == (400, 6)
    assert running.taken() == []


def test_a_gzip_bomb_is_refused(tmp_path):
    with Running(tmp_path, limits=ReceiverLimits(body_bytes=1_000_000)) as running:
        body = gzip.compress(b" " * 50_000_000)
        status, _, _ = post(running, "/services/collector", body, {**TOKEN, "Content-Encoding": "gzip"})
        assert status == 413
        assert post(running, "/services/collector", GOOD)[0] == 200


def test_an_event_that_is_too_long_is_kept_aside_and_the_others_are_taken(tmp_path):
    with Running(tmp_path, limits=ReceiverLimits(event_bytes=1000)) as running:
        body = GOOD + b'{"event": "' + b"x" * 2000 + b'"}' + GOOD
        status, answer, _ = post(running, "/services/collector", body)
        assert (status, answer["invalid-event-number"]) == (400, 1)
        assert len(running.raws()) == 2
        assert running.figures()["events_rejected_total.hec.too_long"] == 1


def test_raw_lines_carry_the_querys_metadata(running):
    path = "/services/collector/raw?host=fw1&sourcetype=cisco&source=udp%3A514"
    assert post(running, path, b"one line\nanother\r\n\n")[0] == 200
    events = [json.loads(raw) for raw in running.raws()]
    assert [event["event"] for event in events] == ["one line", "another"]
    assert {event["host"] for event in events} == {"fw1"}
    assert {event["sourcetype"] for event in events} == {"cisco"}


def test_acknowledgements_by_channel(running):
    channel = {**TOKEN, "X-Splunk-Request-Channel": "FE0ECFAD-13D5-401B-847D-77833BD77131"}
    assert [post(running, "/services/collector", GOOD, channel)[1]["ackId"] for _ in range(3)] == [0, 1, 2]
    asked = json.dumps({"acks": [0, 2, 3, "x"]}).encode()
    status, answer, _ = post(running, "/services/collector/ack", asked, channel)
    assert (status, answer) == (200, {"acks": {"0": True, "2": True, "3": False}})
    other = {
        "Authorization": "Splunk shinjuku-secret",
        "X-Splunk-Request-Channel": channel["X-Splunk-Request-Channel"],
    }
    assert post(running, "/services/collector/ack", asked, other)[1]["acks"]["0"] is False
    assert post(running, "/services/collector/ack", asked)[1]["code"] == 10
    assert post(running, "/services/collector/ack", b"{}", channel)[1]["code"] == 6
    assert (
        post(running, "/services/collector", GOOD, {**channel, "X-Splunk-Request-Channel": "x" * 200})[1][
            "code"
        ]
        == 11
    )


def test_health_needs_no_token(running):
    status, answer, _ = post(running, "/services/collector/health", None, {}, "GET")
    assert (status, answer["code"]) == (200, 17)


def test_a_full_queue_says_busy_and_when_to_come_again(tmp_path):
    with Running(tmp_path, queue_limits=QueueLimits(most_bytes=3000, free_bytes=0)) as running:
        answers = [post(running, "/services/collector", GOOD * 5) for _ in range(20)]
        statuses = [status for status, _, _ in answers]
        assert set(statuses) == {200, 503}
        _status, answer, headers = answers[-1]
        assert (answer["code"], int(headers["Retry-After"]) > 0) == (9, True)
        assert post(running, "/services/collector/health", None, {}, "GET")[0] == 503
        assert len(running.raws()) == statuses.count(200) * 5
        figures = running.figures()
        assert figures["events_received_total.hec"] == 100
        assert figures["events_acknowledged_total.hec"] == statuses.count(200) * 5
        assert figures["events_refused_total.hec.queue_full"] == statuses.count(503) * 5


def test_equal_events_of_one_request_stay_apart(running):
    assert post(running, "/services/collector", GOOD * 3)[0] == 200
    assert list(running.taken()[0].occurrences) == [0, 1, 2]
