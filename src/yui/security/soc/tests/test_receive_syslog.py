"""Syslog over TCP and TLS: framing, whose it is, back-pressure."""

import socket
import ssl
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.security.soc.engine.records import Rejected
from yui.security.soc.queue.log import QueueLimits
from yui.security.soc.receivers.framing import Framer
from yui.security.soc.receivers.limits import ReceiverLimits
from yui.security.soc.tests.receiving import (
    MINATO,
    SHINJUKU,
    Certificates,
    Running,
    address_sender,
    certificate_sender,
)

MESSAGE = b"<34>1 2026-11-26T09:00:00+09:00 web1 sshd 77 - - failed password for root"
HERE = [address_sender("closed-network", MINATO, "127.0.0.0/8")]
texts = st.binary(min_size=1, max_size=30).map(
    lambda raw: b"<34>" + raw.replace(b"\n", b"").replace(b"\r", b"")
)
messages = st.lists(st.tuples(st.booleans(), texts.map(lambda raw: raw.rstrip(b"\0"))), max_size=8)


def framed(counted: bool, message: bytes) -> bytes:
    return b"%d %b" % (len(message), message) if counted else message + b"\n"


@given(messages, st.integers(1, 7))
def test_any_cut_of_the_stream_gives_the_same_messages(given_, step):
    stream = b"".join(framed(*one) for one in given_)
    framer, found = Framer(1000), []
    for at in range(0, len(stream), step):
        found += framer.feed(stream[at : at + step])
    found += framer.finish()
    assert found == [message for _counted, message in given_]


@given(st.binary(max_size=200), st.integers(1, 9))
def test_no_bytes_crash_the_framer_and_all_of_them_are_accounted_for(stream, step):
    framer, found = Framer(50), []
    for at in range(0, len(stream), step):
        found += framer.feed(stream[at : at + step])
    found += framer.finish()
    assert not framer.pending
    assert all(isinstance(one, bytes | Rejected) for one in found)
    assert bool(found) == bool(stream.strip(b"\n\r\0 ")) or found


@pytest.mark.parametrize("step", [1, 3, 1000])
def test_too_long_messages_are_passed_over_and_counted_once(step):
    stream = b"200 " + b"x" * 200 + b"5 <34>a" + b"<34>" + b"y" * 200 + b"\n<34>b\n"
    framer, found = Framer(100), []
    for at in range(0, len(stream), step):
        found += framer.feed(stream[at : at + step])
    assert [one for one in found if isinstance(one, bytes)] == [b"<34>a", b"<34>b"]
    assert [one.reason for one in found if isinstance(one, Rejected)] == ["too_long", "too_long"]


def test_a_counted_message_that_is_cut_off_is_told():
    framer = Framer(1000)
    assert framer.feed(b"50 <34>half") == []
    assert [one.reason for one in framer.finish()] == ["truncated"]


def connect(running, port="syslog"):
    return socket.create_connection(("127.0.0.1", running.ports[port]), timeout=10)


def test_messages_belong_to_the_ward_of_the_address(tmp_path):
    with Running(tmp_path, senders=HERE) as running:
        with connect(running) as link:
            link.sendall(framed(True, MESSAGE) + framed(False, b"<13>Nov 26 09:00:00 fw1 old style"))
            link.sendall(b"40 <34>split ")
            time.sleep(0.05)
            link.sendall(b"x" * 30)
        old = b"<13>Nov 26 09:00:00 fw1 old style"
        assert running.raws(3) == [MESSAGE, old, b"<34>split " + b"x" * 30]
        assert {(one.ward, one.acknowledged) for one in running.taken()} == {(MINATO, False)}


def test_an_unknown_address_is_turned_away_and_counted(tmp_path):
    with Running(tmp_path, senders=[]) as running:
        with connect(running) as link:
            link.settimeout(5)
            assert link.recv(10) == b""
        assert running.figures()["unknown_senders_total.syslog"] == 1


def test_the_narrowest_network_says_whose_it_is(tmp_path):
    senders = [*HERE, address_sender("one-machine", SHINJUKU, "127.0.0.1/32")]
    with Running(tmp_path, senders=senders) as running:
        with connect(running) as link:
            link.sendall(MESSAGE + b"\n")
        running.raws(1)
        assert {one.ward for one in running.taken()} == {SHINJUKU}


def test_the_ward_comes_from_the_client_certificate(tmp_path):
    certificates = Certificates(tmp_path)
    senders = [
        certificate_sender("minato-log", MINATO, certificates.client("minato")),
        certificate_sender("shinjuku-log", SHINJUKU, certificates.client("shinjuku")),
    ]
    certificates.client("stranger")
    with Running(tmp_path / "queue", senders=senders, tls=certificates.server) as running:
        for name in ("minato", "shinjuku", "stranger"):
            context = ssl.create_default_context(cafile=tmp_path / "authority.pem")
            context.load_cert_chain(tmp_path / f"{name}.pem", tmp_path / f"{name}.key")
            with context.wrap_socket(connect(running, "syslog_tls"), server_hostname="localhost") as link:
                link.sendall(b"%d " % (len(MESSAGE) + len(name)))
                link.sendall(MESSAGE + name.encode())
                link.settimeout(0.3)
                if name == "stranger":
                    assert link.recv(10) == b""
        running.raws(2)
        wards = {raw.removeprefix(MESSAGE).decode(): one.ward for one in running.taken() for raw in one.raws}
        assert wards == {"minato": MINATO, "shinjuku": SHINJUKU}
        assert running.figures()["unknown_senders_total.syslog"] == 1


def test_a_client_without_a_certificate_is_turned_away(tmp_path):
    certificates = Certificates(tmp_path)
    with Running(tmp_path / "queue", senders=HERE, tls=certificates.server) as running:
        context = ssl.create_default_context(cafile=tmp_path / "authority.pem")
        with context.wrap_socket(connect(running, "syslog_tls"), server_hostname="localhost") as link:
            link.settimeout(5)
            with pytest.raises(OSError):
                link.sendall(framed(True, MESSAGE))
                link.recv(1)
                link.sendall(framed(True, MESSAGE))
                link.recv(1)
        assert running.taken() == []


def test_a_full_queue_makes_the_sender_wait_and_loses_nothing(tmp_path):
    limits = QueueLimits(most_bytes=20_000, segment_bytes=5_000, free_bytes=0)
    with Running(tmp_path, senders=HERE, queue_limits=limits) as running:
        with connect(running) as link:
            link.sendall(b"".join(framed(False, MESSAGE + b" %04d" % number) for number in range(40)))
            running.raws(40)
            for batch in range(12):
                link.sendall(
                    b"".join(
                        framed(False, MESSAGE + b" %04d" % number)
                        for number in range(batch * 20 + 40, batch * 20 + 60)
                    )
                )
                time.sleep(0.02)
            until = time.monotonic() + 30
            while len(running.raws()) < 280 and time.monotonic() < until:
                # Processing catches up: what was read is committed.
                running._reader.commit(running._reader._after)
                time.sleep(0.05)
        assert [int(raw[-4:]) for raw in running.raws()] == list(range(280))
        assert running.figures().get("events_refused_total.syslog.queue_full", 0) > 0


def test_too_many_connections_of_one_address(tmp_path):
    with Running(tmp_path, senders=HERE, limits=ReceiverLimits(connections_per_address=3)) as running:
        links = [connect(running) for _ in range(5)]
        time.sleep(0.2)
        for link in links[:3]:
            link.sendall(MESSAGE + b"\n")
        assert len(running.raws(3)) == 3
        for link in links[3:]:
            link.settimeout(5)
            assert link.recv(1) == b""
        assert running.figures()["connections_refused_total.too_many"] == 2
        for link in links:
            link.close()


def test_a_revoked_sender_is_cut_off(tmp_path):
    with Running(tmp_path, senders=list(HERE)) as running, connect(running) as link:
        link.sendall(MESSAGE + b"\n")
        running.raws(1)
        running.senders.clear()
        link.settimeout(15)
        until = time.monotonic() + 15
        while time.monotonic() < until:
            try:
                link.sendall(MESSAGE + b"\n")
            except OSError:
                return
            time.sleep(0.2)
        pytest.fail("the connection of a revoked sender stayed open")
