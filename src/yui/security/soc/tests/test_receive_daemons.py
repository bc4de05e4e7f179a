"""rsyslog and syslog-ng, as wards run them, send unchanged over every protocol that they have."""

import socket
import time

import pytest

from yui.security.soc.queue.log import QueueLimits
from yui.security.soc.tests import syslog_daemons
from yui.security.soc.tests.receiving import (
    MINATO,
    SHINJUKU,
    Certificates,
    Running,
    certificate_sender,
    free_port,
)

COUNT = 400
MINATO_TOKEN = "minato-secret"


@pytest.fixture
def certificates(tmp_path):
    return Certificates(tmp_path)


@pytest.fixture
def running(tmp_path, certificates):
    senders = [
        certificate_sender("minato-log", MINATO, certificates.client("minato")),
        certificate_sender("shinjuku-log", SHINJUKU, certificates.client("shinjuku")),
    ]
    receivers = Running(tmp_path / "queue", tls=certificates.server)
    receivers.senders += senders
    receivers.options["http_tls"] = False
    with receivers as opened:
        yield opened


def feed(port: int) -> None:
    """Give a daemon its messages over its own plain port, as a device would."""
    for _attempt in range(100):
        try:
            link = socket.create_connection(("127.0.0.1", port), timeout=5)
            break
        except OSError:
            time.sleep(0.05)
    with link:
        for number in range(COUNT):
            link.sendall(b"<38>Nov 26 09:00:00 gate sshd[77]: failed password %06d\n" % number)


def numbers(running) -> list[int]:
    """The numbers of the messages that came, each found in its piece."""
    return sorted(int(raw.split(b"failed password ")[1][:6]) for raw in running.raws(COUNT))


def expect_all_once(running, ward, sender):
    assert numbers(running) == list(range(COUNT))
    assert {(one.ward, one.sender) for one in running.taken()} == {(ward, sender)}


def test_rsyslog_omelasticsearch(tmp_path, running):
    port = free_port()
    configuration = f"""
module(load="imtcp")
module(load="omelasticsearch")
input(type="imtcp" port="{port}" address="127.0.0.1")
template(name="document" type="list" option.jsonf="on") {{
  property(outname="@timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
  property(outname="host" name="hostname" format="jsonf")
  property(outname="message" name="msg" format="jsonf")
}}
action(type="omelasticsearch" server="127.0.0.1" serverport="{running.ports["http"]}" template="document"
  searchIndex="logs" bulkmode="on" maxbytes="20k" uid="rsyslog" pwd="{MINATO_TOKEN}"
  action.resumeRetryCount="-1")
"""
    with syslog_daemons.rsyslog(tmp_path, configuration):
        feed(port)
        expect_all_once(running, MINATO, "minato-token")


def test_rsyslog_over_tls_with_a_client_certificate(tmp_path, running):
    port = free_port()
    configuration = f"""
global(DefaultNetstreamDriver="ossl" DefaultNetstreamDriverCAFile="{tmp_path}/authority.pem"
  DefaultNetstreamDriverCertFile="{tmp_path}/shinjuku.pem"
  DefaultNetstreamDriverKeyFile="{tmp_path}/shinjuku.key")
module(load="imtcp" StreamDriver.Name="ptcp" StreamDriver.Mode="0")
input(type="imtcp" port="{port}" address="127.0.0.1")
action(type="omfwd" target="127.0.0.1" port="{running.ports["syslog_tls"]}" protocol="tcp"
  TCP_Framing="octet-counted"
  StreamDriver="ossl" StreamDriverMode="1" StreamDriverAuthMode="x509/certvalid"
  template="RSYSLOG_SyslogProtocol23Format" action.resumeRetryCount="-1")
"""
    with syslog_daemons.rsyslog(tmp_path, configuration):
        feed(port)
        expect_all_once(running, SHINJUKU, "shinjuku-log")


SYSLOG_NG = """
@version: 3.38
@include "SCL/elasticsearch/elastic-http.conf"
options {{ use-dns(no); keep-hostname(yes); }};
source s {{ network(ip("127.0.0.1") port({port}) transport("tcp")); }};
destination d {{ {destination} }};
log {{ source(s); destination(d); }};
"""


@pytest.mark.parametrize("path", ["/services/collector/event", "/services/collector"])
def test_syslog_ng_http_to_hec(tmp_path, running, path):
    port = free_port()
    destination = f"""http(url("http://127.0.0.1:{running.ports["http"]}{path}") method("POST")
      headers("Authorization: Splunk {MINATO_TOKEN}") batch-lines(50) batch-timeout(100)
      body("$(format-json time=$S_UNIXTIME host=$HOST source=$PROGRAM event=$MSG)"));"""
    with syslog_daemons.syslog_ng(tmp_path, SYSLOG_NG.format(port=port, destination=destination)):
        feed(port)
        expect_all_once(running, MINATO, "minato-token")


def test_syslog_ng_elasticsearch_http(tmp_path, running):
    port = free_port()
    destination = f"""elasticsearch-http(url("http://127.0.0.1:{running.ports["http"]}/_bulk")
      index("logs") type("")
      user("syslog-ng") password("{MINATO_TOKEN}") batch-lines(50) batch-timeout(100));"""
    with syslog_daemons.syslog_ng(tmp_path, SYSLOG_NG.format(port=port, destination=destination)):
        feed(port)
        expect_all_once(running, MINATO, "minato-token")


def test_syslog_ng_over_tls_with_a_client_certificate(tmp_path, running):
    port = free_port()
    destination = f"""syslog("127.0.0.1" port({running.ports["syslog_tls"]}) transport("tls")
      tls(ca-file("{tmp_path}/authority.pem") cert-file("{tmp_path}/minato.pem")
      key-file("{tmp_path}/minato.key")
      peer-verify(required-trusted)));"""
    with syslog_daemons.syslog_ng(tmp_path, SYSLOG_NG.format(port=port, destination=destination)):
        feed(port)
        expect_all_once(running, MINATO, "minato-log")


def test_syslog_ng_waits_out_a_full_queue(tmp_path, certificates):
    # Nothing is taken until room is made; the daemon keeps its messages and sends them again.
    limits = QueueLimits(most_bytes=6_000, segment_bytes=3_000, free_bytes=0)
    with Running(tmp_path / "queue", queue_limits=limits) as running:
        port = free_port()
        destination = f"""http(url("http://127.0.0.1:{running.ports["http"]}/services/collector")
          method("POST") headers("Authorization: Splunk {MINATO_TOKEN}") batch-lines(20)
          batch-timeout(100) time-reopen(1) retries(99)
          body("$(format-json event=$MSG)"));"""
        with syslog_daemons.syslog_ng(tmp_path, SYSLOG_NG.format(port=port, destination=destination)):
            feed(port)
            until = time.monotonic() + 60
            while len({*running.raws()}) < COUNT and time.monotonic() < until:
                running._reader.commit(running._reader._after)
                time.sleep(0.1)
        assert {int(raw.split(b"failed password ")[1][:6]) for raw in running.raws()} == set(range(COUNT))
        assert running.figures()["events_refused_total.hec.queue_full"] > 0
