"""Slow, greedy and hostile clients: bounded, answered with a reason, counted; others are served meanwhile."""

import gzip
import http.client
import os
import socket
import threading
import time
import urllib.request
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.security.soc.receivers.bodies import BodyRefused, unpacked
from yui.security.soc.receivers.limits import ReceiverLimits
from yui.security.soc.receivers.proofs import tokens_in
from yui.security.soc.tests.receiving import Running

HEAD = (
    b"POST /services/collector HTTP/1.1\r\nHost: x\r\nAuthorization: Splunk minato-secret\r\n"
    b"Content-Length: %d\r\n\r\n"
)
GOOD = b'{"event": "x"}'


def connect(running):
    return socket.create_connection(("127.0.0.1", running.ports["http"]), timeout=20)


def status_of(link) -> int:
    """The status of the next answer; 0 where the connection was closed."""
    found = link.recv(65536)
    return int(found.split()[1]) if found else 0


def post(running, body=GOOD, **headers):
    link = http.client.HTTPConnection("127.0.0.1", running.ports["http"], timeout=20)
    link.request("POST", "/services/collector", body, {"Authorization": "Splunk minato-secret", **headers})
    answer = link.getresponse()
    answer.read()
    link.close()
    return answer.status


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.integers(0, 3))
def test_members_of_gzip_follow_each_other(members, zeros):
    packed = b"".join(gzip.compress(member) for member in members) + b"\0" * zeros
    assert unpacked(packed, 10_000) == b"".join(members)
    assert unpacked(zlib.compress(members[0]), 10_000) == members[0]


@given(st.binary(max_size=200), st.integers(1, 60), st.integers(0, 255))
def test_damaged_packing_is_refused_or_unpacked_never_a_crash(plain, at, value):
    packed = bytearray(gzip.compress(plain))
    packed[at % len(packed)] = value
    try:
        unpacked(bytes(packed), 1_000)
    except BodyRefused as refused:
        assert refused.status in (400, 413)


def test_large_bodies_unpack_to_their_end():
    plain = os.urandom(3_000_000) + b"a" * 5_000_000
    assert unpacked(gzip.compress(plain, 1), 20_000_000) == plain
    with pytest.raises(BodyRefused) as refused:
        unpacked(gzip.compress(plain, 1), 7_999_999)
    assert refused.value.reason == "bomb"


@given(st.text(max_size=60))
def test_no_header_crashes_the_reading_of_proofs(header):
    assert isinstance(tokens_in(header), list)


def test_a_head_that_never_ends_is_closed(tmp_path):
    with Running(tmp_path, limits=ReceiverLimits(header_seconds=0.5)) as running, connect(running) as link:
        link.sendall(b"POST /services/collector HTTP/1.1\r\nHost: x\r\n")
        begun = time.monotonic()
        assert status_of(link) in (0, 400, 408)
        assert time.monotonic() - begun < 15
        assert post(running) == 200


def test_a_body_that_never_ends_is_closed(tmp_path):
    with Running(tmp_path, limits=ReceiverLimits(body_seconds=0.5)) as running, connect(running) as link:
        link.sendall(HEAD % 1000 + b'{"event":')
        assert status_of(link) == 408
        assert running.taken() == []
        assert post(running) == 200


def test_a_long_body_is_refused_before_it_is_read(tmp_path):
    with Running(tmp_path, limits=ReceiverLimits(packed_bytes=1000)) as running:
        with connect(running) as link:
            link.sendall(HEAD % 10_000_000)
            assert status_of(link) == 413
        assert post(running, GOOD * 500) == 413
        with connect(running) as link:
            link.sendall(HEAD.replace(b"Content-Length: %d", b"Transfer-Encoding: chunked"))
            link.sendall(b"".join(b"64\r\n" + b"x" * 100 + b"\r\n" for _ in range(50)) + b"0\r\n\r\n")
            assert status_of(link) == 413
        assert running.taken() == []


def test_too_much_at_once_is_told_to_come_again(tmp_path):
    with Running(tmp_path, limits=ReceiverLimits(in_flight_bytes=2_000)) as running:
        with connect(running) as slow:
            slow.sendall(HEAD % 1_900 + b" " * 1_500)
            time.sleep(0.2)
            assert post(running, GOOD * 60) == 503
            slow.sendall(b" " * (400 - len(GOOD)) + GOOD)
            assert status_of(slow) == 200
        assert post(running, GOOD * 60) == 200


def test_too_many_connections_are_told_so(tmp_path):
    limits = ReceiverLimits(connections=4, connections_per_address=3)
    with Running(tmp_path, limits=limits) as running:
        links = [connect(running) for _ in range(3)]
        for link in links:
            link.sendall(HEAD % len(GOOD) + GOOD)
            assert status_of(link) == 200
        with connect(running) as refused:
            assert status_of(refused) == 503
        for link in links:
            link.close()
        time.sleep(0.2)
        assert post(running) == 200
        assert running.figures()["connections_refused_total.too_many"] == 1


def test_many_senders_at_once_are_all_taken_exactly_once(tmp_path):
    with Running(tmp_path) as running:

        def work(number):
            for request in range(10):
                body = b"".join(b'{"event":"%d"}' % (number * 1000 + request * 10 + n) for n in range(10))
                assert post(running, body) == 200

        workers = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        raws = running.raws(800)
        assert len(raws) == len(set(raws)) == 800


@pytest.mark.parametrize(
    "path", ["/", "/services/unknown", "/x/y/z", "/%2e%2e/_bulk", "/services/collector/raw"]
)
def test_unknown_addresses_and_methods_are_refused(tmp_path, path):
    with Running(tmp_path) as running:
        link = http.client.HTTPConnection("127.0.0.1", running.ports["http"], timeout=20)
        for method in ("DELETE", "PATCH", "OPTIONS"):
            link.request(method, path)
            answer = link.getresponse()
            answer.read()
            assert answer.status in (401, 404, 405)


def test_the_figures_are_served_as_prometheus_text(tmp_path):
    with Running(tmp_path) as running:
        post(running)
        with urllib.request.urlopen(
            f"http://127.0.0.1:{running.ports['figures']}/metrics", timeout=20
        ) as answer:
            text = answer.read().decode()
        assert 'yui_soc_events_acknowledged_total{protocol="hec"} 1.0' in text
