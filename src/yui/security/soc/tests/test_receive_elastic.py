"""Elastic ``_bulk``: the official client unchanged, and the quirks of others."""

import base64
import gzip
import json
import urllib.error
import urllib.request

import pytest
from elasticsearch import Elasticsearch, helpers
from hypothesis import example, given
from hypothesis import strategies as st

from yui.security.soc.formats.elastic_bulk import split_bulk
from yui.security.soc.formats.limits import ReadLimits
from yui.security.soc.queue.log import QueueLimits
from yui.security.soc.receivers.bulk_bodies import pieces_alike
from yui.security.soc.tests.receiving import MINATO, SHINJUKU, Running

KEY = {"Authorization": "ApiKey " + base64.b64encode(b"any:minato-secret").decode()}
NDJSON = {**KEY, "Content-Type": "application/x-ndjson"}
PAIR = b'{"index":{"_index":"logs","_id":"a1"}}\n{"message":"one"}\n'


@pytest.fixture
def running(tmp_path):
    with Running(tmp_path / "queue") as receivers:
        yield receivers


def send(running, path, body=b"", headers=NDJSON, method="POST"):
    request = urllib.request.Request(running.url + path, data=body, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.loads(answer.read() or b"{}"), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"{}"), error.headers


@pytest.mark.parametrize(
    "proof",
    [
        {"api_key": ("any", "minato-secret")},
        {"basic_auth": ("u", "minato-secret")},
        {"bearer_auth": "minato-secret"},
    ],
)
def test_the_official_client_sends_unchanged(running, proof):
    with Elasticsearch(running.url, http_compress=True, **proof) as client:
        assert client.ping()
        assert client.info()["version"]["number"]
        documents = ({"_index": "logs", "_source": {"message": f"event {n}"}} for n in range(250))
        done, errors = helpers.bulk(client, documents, chunk_size=100)
        client.index(index="logs", document={"message": "alone"})
        client.create(index="logs", id="7", document={"message": "created"})
    assert (done, errors) == (250, [])
    assert len(running.raws()) == 252
    assert {one.ward for one in running.taken()} == {MINATO}


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize("path", ["/_bulk", "/logs/_bulk", "/logs/_doc/_bulk", "/_bulk?filter_path=errors"])
@pytest.mark.parametrize(
    "kind",
    ["application/x-ndjson", "application/json", "application/vnd.elasticsearch+x-ndjson; compatible-with=8"],
)
def test_paths_methods_and_types(running, method, path, kind):
    body = b'{"create":{}}\n{"message":"one"}\n\n{"index":{"_id":7}}\n{"message":"two"}'
    status, answer, headers = send(running, path, body, {**KEY, "Content-Type": kind}, method)
    assert (status, answer["errors"], headers["X-Elastic-Product"]) == (200, False, "Elasticsearch")
    assert [next(iter(item)) for item in answer["items"]] == ["create", "index"]
    assert [next(iter(item.values()))["status"] for item in answer["items"]] == [201, 201]
    assert answer["items"][1]["index"]["_id"] == "7"
    assert len(running.raws()) == 2


def test_each_item_has_its_own_result(running):
    body = (
        PAIR + b"no action\n" + b'{"delete":{"_id":"a1"}}\n' + b'{"update":{"_id":"a1"}}\n{"doc":{}}\n' + PAIR
    )
    status, answer, _ = send(running, "/logs/_bulk", body)
    assert (status, answer["errors"]) == (200, True)
    assert [next(iter(item.values()))["status"] for item in answer["items"]] == [201, 400, 400, 400, 201]
    assert len(running.raws()) == 2
    assert running.figures()["events_rejected_total.elastic.bad_bulk"] == 3


@pytest.mark.parametrize(
    "header", ["", "ApiKey wrong", "Basic " + base64.b64encode(b"u:no").decode(), "Bearer hec-secret"]
)
def test_unknown_senders_and_senders_of_another_protocol(running, header):
    status, answer, headers = send(running, "/_bulk", PAIR, {"Authorization": header} if header else {})
    assert (status, answer["status"], headers["X-Elastic-Product"]) == (401, 401, "Elasticsearch")
    assert running.taken() == []
    assert running.figures()["unknown_senders_total.elastic"] == 1


def test_the_index_cannot_choose_the_ward(running):
    send(running, f"/{SHINJUKU}/_bulk", PAIR.replace(b"logs", SHINJUKU.encode()))
    assert {one.ward for one in running.taken()} == {MINATO}


def test_gzip_and_an_empty_request(running):
    assert send(running, "/_bulk", gzip.compress(PAIR * 10), {**NDJSON, "Content-Encoding": "gzip"})[0] == 200
    assert send(running, "/_bulk", b"\n\n")[0] == 400
    assert send(running, "/_bulk", PAIR, {**NDJSON, "Content-Encoding": "br"})[0] == 415
    assert len(running.raws()) == 10


def test_pressure_is_told_with_429_and_when_to_come_again(tmp_path):
    with Running(tmp_path, queue_limits=QueueLimits(most_bytes=2000, free_bytes=0)) as running:
        answers = [send(running, "/_bulk", PAIR * 5) for _ in range(20)]
        status, answer, headers = answers[-1]
        assert (status, answer["error"]["type"]) == (429, "es_rejected_execution_exception")
        assert int(headers["Retry-After"]) > 0
        assert len(running.raws()) == 5 * [status for status, _, _ in answers].count(200)


@pytest.mark.parametrize("path", ["/", "/_cat/health", "/_cluster/health", "/_license"])
def test_what_senders_ask_before_they_send(running, path):
    request = urllib.request.Request(running.url + path, headers=KEY)
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert (answer.status, answer.headers["X-Elastic-Product"]) == (200, "Elasticsearch")


lines = st.sampled_from(
    [
        b'{"create":{}}',
        b'{"index":{}}',
        b'{"create":{"_id":"7"}}',
        b'{"delete":{}}',
        b'{"message":"one"}',
        b'{"message":"two"} ',
        b' {"message":"one"}',
        b"{" + b"x" * 40 + b"}",
        b"",
        b"\r",
    ]
)
usual = st.lists(st.sampled_from([b'{"message":"one"}', b'{"message":"two"}', b"{}", b"{x}"]), max_size=9)
bodies = st.one_of(
    st.builds(b"\n".join, st.lists(lines, max_size=9)),
    st.builds(lambda found: b"".join(b'{"create":{}}\n' + one + b"\n" for one in found), usual),
    st.builds(lambda found: b"\n".join(b'{"index":{}}\n' + one for one in found), usual),
)


@given(bodies)
@example(b'{"create":{}}\n{"message":"one"}\n{"create":{}}')
@example(b'{"create":{}}\n{"message":"one"}\n\n')
def test_a_body_cut_at_once_is_cut_as_line_by_line(body):
    alike = pieces_alike(body, record_bytes=30)
    if alike is None:
        return
    items = list(split_bulk(body, limits=ReadLimits(record_bytes=30)))
    assert alike.pieces == [item.raw for item in items]
    assert {(item.action, item.index_name, item.identifier, item.rejected) for item in items} == {
        (alike.action, "", "", None)
    }


@pytest.mark.parametrize("action", ["create", "index"])
def test_bodies_cut_at_once_are_answered_as_others(running, action):
    document = b'{"message":"%d"}\n'
    head = b'{"%b":{}}\n' % action.encode()
    plain = b"".join(head + document % number for number in range(3))
    other = head + b"\n" + plain.removeprefix(head)
    assert pieces_alike(plain, 1000) is not None
    assert pieces_alike(other, 1000) is None
    answers = []
    for body in (plain, other):
        status, answer, headers = send(running, "/lo%22gs/_bulk", body)
        given = [item[action].pop("_id") for item in answer["items"]]
        assert len(set(given)) == 3
        answers.append((status, answer, headers["Content-Type"], headers["X-Elastic-Product"]))
    assert answers[0] == answers[1]
    assert answers[0][1]["items"][2][action]["_index"] == 'lo"gs'
    assert len(running.raws()) == 6
